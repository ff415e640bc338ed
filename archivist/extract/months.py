"""Names of months and days of the week as newspapers write them, by language.

Data only, but for the look-up. Every form is in lower case and without a full stop at its end. Prefixes that grow
together with the name (Hebrew "in", Maltese "the") are part of the form.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

__all__ = ["JALALI", "MONTHS", "WEEKDAYS", "is_weekday", "jalali_month", "month_number", "weekday_number"]

_TABLE: Final[dict[str, str]] = {
    "en": "january|jan february|febuary|feb march|mar april|apr may june|jun july|jul august|aug "
    "september|sept|sep october|oct november|nov december|dec",
    "de": "januar|jänner|jan februar|feber|feb märz|mär|mrz|maerz april|apr mai juni|jun juli|jul august|aug "
    "september|sept|sep oktober|okt november|nov dezember|dez",
    "fr": "janvier|janv|jan février|févr|fév mars avril|avr mai juin juillet|juil août|aout septembre|sept|sep "
    "octobre|oct novembre|nov décembre|déc",
    "es": "enero|ene febrero|feb marzo|mar abril|abr mayo|may junio|jun julio|jul agosto|ago "
    "septiembre|setiembre|sept|sep|set octubre|oct noviembre|nov diciembre|dic",
    "it": "gennaio|gen febbraio|feb marzo|mar aprile|apr maggio|mag giugno|giu luglio|lug agosto|ago "
    "settembre|set|sett ottobre|ott novembre|nov dicembre|dic",
    "nl": "januari|jan februari|feb maart|mrt april|apr mei juni|jun juli|jul augustus|aug september|sep|sept "
    "oktober|okt november|nov december|dec",
    "af": "januarie|jan februarie|feb maart|mrt april|apr mei junie|jun julie|jul augustus|aug september|sep|sept "
    "oktober|okt november|nov desember|des",
    "pt": "janeiro|jan fevereiro|fev março|marco|mar abril|abr maio|mai junho|jun julho|jul agosto|ago setembro|set "
    "outubro|out novembro|nov dezembro|dez",
    "gl": "xaneiro|xan febreiro|feb marzo|mar abril|abr maio|mai xuño|xuñ xullo|xul agosto|ago setembro|set "
    "outubro|out novembro|nov decembro|dec",
    "ca": "gener|gen febrer|febr|feb març abril|abr maig juny juliol|jul agost|ag setembre|set octubre|oct "
    "novembre|nov desembre|des",
    "eu": "urtarrilaren|urtarrilak|urtarrila|urt otsailaren|otsailak|otsaila|ots martxoaren|martxoak|martxoa "
    "apirilaren|apirilak|apirila|api maiatzaren|maiatzak|maiatza|mai ekainaren|ekainak|ekaina|eka "
    "uztailaren|uztailak|uztaila|uzt abuztuaren|abuztuak|abuztua|abu irailaren|irailak|iraila|ira "
    "urriaren|urriak|urria|urr azaroaren|azaroak|azaroa|aza abenduaren|abenduak|abendua|abe",
    "sv": "januari|jan februari|feb mars|mar april|apr maj juni|jun juli|jul augusti|aug september|sept|sep "
    "oktober|okt november|nov december|dec",
    "no": "januar|jan februar|feb mars|mar april|apr mai juni|jun juli|jul august|aug september|sept|sep "
    "oktober|okt november|nov desember|des",
    "da": "januar|jan februar|feb marts|mar april|apr maj juni|jun juli|jul august|aug september|sept|sep "
    "oktober|okt november|nov december|dec",
    "is": "janúar|jan febrúar|feb mars|mar apríl|apr maí júní|jún júlí|júl ágúst|ágú september|sep|sept "
    "október|okt nóvember|nóv desember|des",
    "fi": "tammikuuta|tammikuu|tammi helmikuuta|helmikuu|helmi maaliskuuta|maaliskuu|maalis "
    "huhtikuuta|huhtikuu|huhti toukokuuta|toukokuu|touko kesäkuuta|kesäkuu|kesä heinäkuuta|heinäkuu|heinä "
    "elokuuta|elokuu|elo syyskuuta|syyskuu|syys lokakuuta|lokakuu|loka marraskuuta|marraskuu|marras "
    "joulukuuta|joulukuu|joulu",
    "et": "jaanuar|jaan veebruar|veebr märts aprill|apr mai juuni juuli august|aug september|sept oktoober|okt "
    "november|nov detsember|dets",
    "pl": "stycznia|styczeń|sty lutego|luty|lut marca|marzec|mar kwietnia|kwiecień|kwi maja|maj "
    "czerwca|czerwiec|cze lipca|lipiec|lip sierpnia|sierpień|sie września|wrzesień|wrz "
    "października|październik|paź listopada|listopad|lis grudnia|grudzień|gru",
    "cs": "ledna|leden|led února|únor|úno března|březen|bře dubna|duben|dub května|květen|kvě června|červen|čvn "
    "července|červenec|čvc srpna|srpen|srp září|zář října|říjen|říj listopadu|listopad|lis prosince|prosinec|pro",
    "sk": "januára|január|jan februára|február|feb marca|marec|mar apríla|apríl|apr mája|máj júna|jún júla|júl "
    "augusta|august|aug septembra|september|sep októbra|október|okt novembra|november|nov decembra|december|dec",
    "sl": "januarja|januar|jan februarja|februar|feb marca|marec|mar aprila|april|apr maja|maj junija|junij|jun "
    "julija|julij|jul avgusta|avgust|avg septembra|september|sep oktobra|oktober|okt novembra|november|nov "
    "decembra|december|dec",
    "hr": "siječnja|siječanj|sij veljače|veljača|velj ožujka|ožujak|ožu travnja|travanj|tra svibnja|svibanj|svi "
    "lipnja|lipanj|lip srpnja|srpanj|srp kolovoza|kolovoz|kol rujna|rujan|ruj listopada|listopad|lis "
    "studenoga|studenog|studeni|stu prosinca|prosinac|pro",
    "bs": "januara|januar|jan februara|februar|feb marta|mart|mar aprila|april|apr maja|maj juna|juni|jun "
    "jula|juli|jul augusta|august|aug septembra|septembar|sep oktobra|oktobar|okt novembra|novembar|nov "
    "decembra|decembar|dec",
    "sr": "januara|januar|jan|јануара|јануар|јан februara|februar|feb|фебруара|фебруар|феб marta|mart|mar|марта|март "
    "aprila|april|apr|априла|април|апр maja|maj|маја|мај juna|jun|јуна|јун jula|jul|јула|јул "
    "avgusta|avgust|avg|августа|август|авг septembra|septembar|sep|септембра|септембар|сеп "
    "oktobra|oktobar|okt|октобра|октобар|окт novembra|novembar|nov|новембра|новембар|нов "
    "decembra|decembar|dec|децембра|децембар|дец",
    "mk": "јануари февруари март април мај јуни јули август септември октомври ноември декември",
    "bg": "януари|яну февруари|фев март април|апр май юни юли август|авг септември|септ|сеп октомври|окт "
    "ноември|ное декември|дек",
    "sq": "janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor",
    "ro": "ianuarie|ian februarie|feb martie|mar aprilie|apr mai iunie|iun iulie|iul august|aug septembrie|sept|sep "
    "octombrie|oct noiembrie|noi|nov decembrie|dec",
    "hu": "január|jan február|febr|feb március|márc|már április|ápr május|máj június|jún július|júl augusztus|aug "
    "szeptember|szept|szep október|okt november|nov december|dec",
    "tr": "ocak|oca şubat|şub mart|mar nisan|nis mayıs|may haziran|haz temmuz|tem ağustos|ağu eylül|eyl ekim|eki "
    "kasım|kas aralık|ara",
    "az": "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr",
    "uz": "yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr",
    "el": "ιανουαρίου|ιανουάριος|ιαν φεβρουαρίου|φεβρουάριος|φεβ μαρτίου|μάρτιος|μαρ απριλίου|απρίλιος|απρ "
    "μαΐου|μαϊου|μαίου|μάιος|μαι|μαϊ ιουνίου|ιούνιος|ιουν ιουλίου|ιούλιος|ιουλ αυγούστου|αύγουστος|αυγ "
    "σεπτεμβρίου|σεπτέμβριος|σεπ|σεπτ οκτωβρίου|οκτώβριος|οκτ νοεμβρίου|νοέμβριος|νοε|νοεμ "
    "δεκεμβρίου|δεκέμβριος|δεκ",
    "ru": "января|январь|янв февраля|февраль|фев|февр марта|март|мар апреля|апрель|апр мая|май июня|июнь|июн "
    "июля|июль|июл августа|август|авг сентября|сентябрь|сен|сент октября|октябрь|окт ноября|ноябрь|ноя|нояб "
    "декабря|декабрь|дек",
    "uk": "січня|січень|січ лютого|лютий|лют березня|березень|бер|берез квітня|квітень|кві|квіт "
    "травня|травень|тра|трав "
    "червня|червень|чер|черв липня|липень|лип серпня|серпень|сер|серп вересня|вересень|вер|верес "
    "жовтня|жовтень|жов|жовт листопада|листопад|лис|листоп грудня|грудень|гру|груд",
    "be": "студзеня лютага сакавіка красавіка мая|траўня чэрвеня ліпеня жніўня верасня кастрычніка лістапада снежня",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "lt": "sausio|saus|sausis vasario|vas|vasaris kovo|kovas balandžio|bal|balandis gegužės|geg|gegužė "
    "birželio|birž|birželis liepos|liep|liepa rugpjūčio|rugp|rugpjūtis rugsėjo|rugs|rugsėjis spalio|spal|spalis "
    "lapkričio|lapkr|lapkritis gruodžio|gruod|gruodis",
    "lv": "janvāris|janvārī|janvāra|janv februāris|februārī|februāra|febr marts|martā|marta aprīlis|aprīlī|aprīļa|apr "
    "maijs|maijā|maija jūnijs|jūnijā|jūnija|jūn jūlijs|jūlijā|jūlija|jūl augusts|augustā|augusta|aug "
    "septembris|septembrī|septembra|sept oktobris|oktobrī|oktobra|okt novembris|novembrī|novembra|nov "
    "decembris|decembrī|decembra|dec",
    "ka": "იანვარი|იან თებერვალი|თებ მარტი|მარ აპრილი|აპრ მაისი|მაი ივნისი|ივნ ივლისი|ივლ აგვისტო|აგვ "
    "სექტემბერი|სექ ოქტომბერი|ოქტ ნოემბერი|ნოე დეკემბერი|დეკ",
    "hy": "հունվարի|հունվար փետրվարի|փետրվար մարտի|մարտ ապրիլի|ապրիլ մայիսի|մայիս հունիսի|հունիս հուլիսի|հուլիս "
    "օգոստոսի|օգոստոս սեպտեմբերի|սեպտեմբեր հոկտեմբերի|հոկտեմբեր նոյեմբերի|նոյեմբեր դեկտեմբերի|դեկտեմբեր",
    "id": "januari|jan februari|feb|pebruari maret|mar april|apr mei juni|jun juli|jul agustus|agu|agt|ags "
    "september|sep|sept oktober|okt november|nov|nopember desember|des",
    "ms": "januari|jan februari|feb mac april|apr mei jun julai|jul ogos|ogo september|sep|sept oktober|okt "
    "november|nov disember|dis",
    "fil": "enero|ene pebrero|peb marso|mar abril|abr mayo hunyo|hun hulyo|hul agosto|ago setyembre|set "
    "oktubre|okt nobyembre|nob disyembre|dis",
    "sw": "januari|jan februari|feb machi|mac aprili|apr mei juni|jun julai|jul agosti|ago septemba|sep oktoba|okt "
    "novemba|nov desemba|des",
    "cy": "ionawr|ion chwefror|chwef mawrth|maw ebrill|ebr mai mehefin|meh gorffennaf|gorff awst medi hydref|hyd "
    "tachwedd|tach rhagfyr|rhag",
    "ga": "eanáir|ean feabhra|feabh márta aibreán|aib bealtaine|beal meitheamh|meith iúil lúnasa|lún "
    "m-fómhair d-fómhair samhain|samh nollaig|noll",
    "mt": "jannar|jan frar|fra marzu|mar april|apr mejju|mej ġunju|ġun lulju|lul awwissu|aww settembru|set "
    "ottubru|ott novembru|nov diċembru|diċ",
    "he": "ינואר|בינואר|לינואר|ינו פברואר|בפברואר|לפברואר|פבר מרץ|במרץ|למרץ|מרס|במרס אפריל|באפריל|לאפריל "
    "מאי|במאי|למאי יוני|ביוני|ליוני יולי|ביולי|ליולי אוגוסט|באוגוסט|לאוגוסט|אוג ספטמבר|בספטמבר|לספטמבר|ספט "
    "אוקטובר|באוקטובר|לאוקטובר|אוק נובמבר|בנובמבר|לנובמבר|נוב דצמבר|בדצמבר|לדצמבר|דצמ",
    "ar": "يناير|جانفي فبراير|فيفري|شباط مارس|آذار|اذار أبريل|ابريل|إبريل|أفريل|نيسان مايو|ماي|أيار|ايار|ماية "
    "يونيو|يونيه|جوان|حزيران يوليو|يوليه|جويلية|تموز|يوليوز أغسطس|اغسطس|أوت|آب|غشت "
    "سبتمبر|أيلول|ايلول|شتنبر أكتوبر|اكتوبر نوفمبر|نونبر ديسمبر|دجنبر",
    "fa": "ژانویه|ژانویهٔ فوریه مارس آوریل مه|می ژوئن ژوئیه|جولای اوت|آگوست سپتامبر اکتبر نوامبر دسامبر",
    "ur": "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
    "hi": "जनवरी|जन फरवरी|फ़रवरी|फर मार्च अप्रैल|अप्रेल मई जून जुलाई|जुला अगस्त|अग सितंबर|सितम्बर|सित "
    "अक्टूबर|अक्तूबर|अक्टू नवंबर|नवम्बर|नव दिसंबर|दिसम्बर|दिस",
    "mr": "जानेवारी|जाने फेब्रुवारी|फेब्रु मार्च एप्रिल मे जून जुलै ऑगस्ट|ऑग सप्टेंबर|सप्टें ऑक्टोबर|ऑक्टो नोव्हेंबर|नोव्हें डिसेंबर|डिसें",
    "bn": "জানুয়ারি|জানুয়ারী|জানু ফেব্রুয়ারি|ফেব্রুয়ারী|ফেব মার্চ এপ্রিল মে জুন জুলাই আগস্ট|অগস্ট "
    "সেপ্টেম্বর|সেপ্টে অক্টোবর|অক্টো নভেম্বর|নভে ডিসেম্বর|ডিসে",
    "pa": "ਜਨਵਰੀ ਫਰਵਰੀ|ਫ਼ਰਵਰੀ ਮਾਰਚ ਅਪ੍ਰੈਲ ਮਈ ਜੂਨ ਜੁਲਾਈ ਅਗਸਤ ਸਤੰਬਰ|ਸਿਤੰਬਰ ਅਕਤੂਬਰ ਨਵੰਬਰ ਦਸੰਬਰ|ਦਿਸੰਬਰ",
    "gu": "જાન્યુઆરી|જાન્યુ ફેબ્રુઆરી|ફેબ્રુ માર્ચ એપ્રિલ મે જૂન જુલાઈ ઑગસ્ટ|ઓગસ્ટ સપ્ટેમ્બર|સપ્ટે ઑક્ટોબર|ઓક્ટોબર નવેમ્બર ડિસેમ્બર",
    "ta": "ஜனவரி|ஜன பிப்ரவரி|பிப் மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட்|ஆகஸ்டு செப்டம்பர்|செப் அக்டோபர்|அக் நவம்பர்|நவ டிசம்பர்|டிச",
    "te": "జనవరి ఫిబ్రవరి మార్చి ఏప్రిల్ మే జూన్ జులై|జూలై ఆగస్టు|ఆగస్ట్ సెప్టెంబర్|సెప్టెంబరు అక్టోబర్|అక్టోబరు నవంబర్|నవంబరు డిసెంబర్|డిసెంబరు",
    "kn": "ಜನವರಿ|ಜನ ಫೆಬ್ರವರಿ|ಫೆಬ್ರ ಮಾರ್ಚ್ ಏಪ್ರಿಲ್ ಮೇ ಜೂನ್ ಜುಲೈ ಆಗಸ್ಟ್ ಸೆಪ್ಟೆಂಬರ್ ಅಕ್ಟೋಬರ್ ನವೆಂಬರ್ ಡಿಸೆಂಬರ್",
    "ml": "ജനുവരി|ജനു ഫെബ്രുവരി|ഫെബ്രു മാർച്ച് ഏപ്രിൽ|ഏപ്രി മേയ്|മെയ് ജൂൺ ജൂലൈ ഓഗസ്റ്റ്|ആഗസ്റ്റ് സെപ്റ്റംബർ ഒക്ടോബർ നവംബർ ഡിസംബർ",
    "ne": "जनवरी फेब्रुअरी मार्च अप्रिल मे जुन जुलाई अगस्ट सेप्टेम्बर अक्टोबर नोभेम्बर डिसेम्बर",
    "si": "ජනවාරි පෙබරවාරි මාර්තු අප්‍රේල් මැයි ජූනි ජූලි අගෝස්තු සැප්තැම්බර් ඔක්තෝබර් නොවැම්බර් දෙසැම්බර්",
    "th": "มกราคม|มค กุมภาพันธ์|กพ มีนาคม|มีค เมษายน|เมย พฤษภาคม|พค มิถุนายน|มิย กรกฎาคม|กค สิงหาคม|สค กันยายน|กย "
    "ตุลาคม|ตค พฤศจิกายน|พย ธันวาคม|ธค",
    "lo": "ມັງກອນ ກຸມພາ ມີນາ ເມສາ ພຶດສະພາ ມິຖຸນາ ກໍລະກົດ ສິງຫາ ກັນຍາ ຕຸລາ ພະຈິກ ທັນວາ",
    "km": "មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ",
    "am": "ጃንዋሪ|ጃንዩወሪ ፌብሩዋሪ|ፌብሩወሪ ማርች ኤፕሪል ሜይ ጁን ጁላይ ኦገስት ሴፕቴምበር ኦክቶበር ኖቬምበር ዲሴምበር",
}

JALALI: Final = (
    "فروردین|حمل اردیبهشت|ثور خرداد|جوزا تیر|سرطان مرداد|امرداد|اسد شهریور|سنبله مهر|میزان آبان|عقرب آذر|قوس دی|جدی "
    "بهمن|دلو اسفند|حوت"
)
"""The months of the Solar Hijri calendar, in Iran and in Afghanistan."""

_WEEKDAYS: Final[dict[str, str]] = {
    "en": "monday|mon tuesday|tue|tues wednesday|wed|weds thursday|thu|thur|thurs friday|fri saturday|sat sunday|sun",
    "de": "montag|mo dienstag|di mittwoch|mi donnerstag|do freitag|fr samstag|sonnabend|sa sonntag|so",
    "fr": "lundi|lun mardi mercredi|mer jeudi|jeu vendredi|ven samedi|sam dimanche|dim",
    "es": "lunes|lun martes miércoles|mié jueves|jue viernes|vie sábado|sáb domingo|dom",
    "it": "lunedì|lun martedì|mar mercoledì|mer giovedì|gio venerdì|ven sabato|sab domenica|dom",
    "pt": "segunda-feira|segunda|seg terça-feira|terça|ter quarta-feira|quarta|qua quinta-feira|quinta|qui "
    "sexta-feira|sexta|sex sábado|sáb domingo|dom",
    "ca": "dilluns|dl dimarts|dt dimecres|dc dijous|dj divendres|dv dissabte|ds diumenge|dg",
    "nl": "maandag|ma dinsdag|di woensdag|wo donderdag|do vrijdag|vr zaterdag|za zondag|zo",
    "sv": "måndag|mån tisdag|tis onsdag|ons torsdag|tors|tor fredag|fre lördag|lör söndag|sön",
    "no": "mandag|man tirsdag|tir onsdag|ons torsdag|tor fredag|fre lørdag|lør søndag|søn",
    "da": "mandag|man tirsdag|tir|tirs onsdag|ons torsdag|tor|tors fredag|fre lørdag|lør søndag|søn",
    "is": "mánudagur þriðjudagur miðvikudagur fimmtudagur föstudagur laugardagur sunnudagur",
    "fi": "maanantai|maanantaina|ma tiistai|tiistaina|ti keskiviikko|keskiviikkona|ke torstai|torstaina|to "
    "perjantai|perjantaina|pe lauantai|lauantaina|la sunnuntai|sunnuntaina|su",
    "et": "esmaspäev teisipäev kolmapäev neljapäev reede laupäev pühapäev",
    "lt": "pirmadienis|pirmadienį antradienis|antradienį trečiadienis|trečiadienį ketvirtadienis|ketvirtadienį "
    "penktadienis|penktadienį šeštadienis|šeštadienį sekmadienis|sekmadienį",
    "lv": "pirmdiena|pirmdien otrdiena|otrdien trešdiena|trešdien ceturtdiena|ceturtdien piektdiena|piektdien "
    "sestdiena|sestdien svētdiena|svētdien",
    "pl": "poniedziałek|pon wtorek|wt środa|środę|śr czwartek|czw piątek|pt sobota|sobotę|sob "
    "niedziela|niedzielę|niedz",
    "cs": "pondělí|po úterý|út středa|středu|st čtvrtek|čt pátek|pá sobota|sobotu|so neděle|neděli|ne",
    "sk": "pondelok utorok streda|stredu štvrtok piatok sobota|sobotu nedeľa|nedeľu",
    "sl": "ponedeljek torek sreda četrtek petek sobota nedelja",
    "hr": "ponedjeljak|ponedeljak|pon utorak|uto srijeda|sreda|sri četvrtak|čet petak|pet subota|sub "
    "nedjelja|nedelja|ned",
    "hu": "hétfő kedd szerda csütörtök péntek szombat vasárnap",
    "ro": "luni marți|marţi miercuri joi vineri sâmbătă duminică",
    "sq": "hënë martë mërkurë enjte premte shtunë diel",
    "tr": "pazartesi|pzt salı çarşamba|çar perşembe|per cuma cumartesi|cmt pazar|paz",
    "el": "δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή",
    "ru": "понедельник|пн вторник|вт среда|среду|ср четверг|чт пятница|пятницу|пт суббота|субботу|сб воскресенье|вс",
    "uk": "понеділок|пн вівторок|вт середа|середу|ср четвер|чт п'ятниця|п’ятниця|пт субота|суботу|сб неділя|неділю|нд",
    "bg": "понеделник вторник сряда четвъртък петък събота неделя",
    "id": "senin selasa rabu kamis jumat|jum'at sabtu minggu|ahad",
    "ms": "isnin selasa rabu khamis jumaat sabtu ahad",
    "fil": "lunes martes miyerkules|miyerkoles huwebes biyernes sabado linggo",
    "sw": "jumatatu jumanne jumatano alhamisi ijumaa jumamosi jumapili",
    "ar": "الاثنين|الإثنين|اثنين الثلاثاء|ثلاثاء الأربعاء|الاربعاء|أربعاء الخميس|خميس الجمعة|جمعة السبت|سبت "
    "الأحد|الاحد|أحد",
    "fa": "دوشنبه سهشنبه|سه‌شنبه چهارشنبه پنجشنبه|پنج‌شنبه جمعه شنبه یکشنبه|یک‌شنبه",
    "he": "שני|ב׳ שלישי|ג׳ רביעי|ד׳ חמישי|ה׳ שישי|ו׳ שבת ראשון|א׳",
    "hi": "सोमवार|सोम मंगलवार|मंगल बुधवार|बुध गुरुवार|गुरूवार|गुरु शुक्रवार|शुक्र शनिवार|शनि रविवार|रवि",
    "bn": "সোমবার মঙ্গলবার বুধবার বৃহস্পতিবার শুক্রবার শনিবার রবিবার|রোববার",
    "ta": "திங்கள் செவ்வாய் புதன் வியாழன் வெள்ளி சனி ஞாயிறு",
    "th": "จันทร์ อังคาร พุธ พฤหัสบดี|พฤหัส ศุกร์ เสาร์ อาทิตย์",
    "zh": "星期一|周一|週一 星期二|周二|週二 星期三|周三|週三 星期四|周四|週四 星期五|周五|週五 星期六|周六|週六 "
    "星期日|星期天|周日|週日",
    "ja": "月曜日|月曜|月 火曜日|火曜|火 水曜日|水曜|水 木曜日|木曜|木 金曜日|金曜|金 土曜日|土曜|土 日曜日|日曜|日",
    "ko": "월요일|월 화요일|화 수요일|수 목요일|목 금요일|금 토요일|토 일요일|일",
}


def _numbered(table: str, first: int) -> dict[str, int]:
    """Each form, as the text before us is normalized, with its number."""
    return {
        name: number
        for number, names in enumerate(unicodedata.normalize("NFKC", table).split(), start=first)
        for name in names.split("|")
    }


def _merged(tables: dict[str, dict[str, int]]) -> dict[str, int]:
    """The forms that mean the same in every language that has them."""
    merged: dict[str, set[int]] = {}
    for names in tables.values():
        for name, number in names.items():
            merged.setdefault(name, set()).add(number)
    return {name: numbers.pop() for name, numbers in merged.items() if len(numbers) == 1}


def _bare(name: str) -> str:
    """Without accents, as capitals are often written; scripts whose vowels are marks are left alone."""
    if name.isascii() or name[0] > "ӿ":
        return name
    return "".join(letter for letter in unicodedata.normalize("NFD", name) if not unicodedata.combining(letter))


MONTHS: Final = {language: _numbered(table, 1) for language, table in _TABLE.items()}
WEEKDAYS: Final = {language: _numbered(table, 0) for language, table in _WEEKDAYS.items()}
_ANY_MONTH: Final = _merged(MONTHS)
_ANY_WEEKDAY: Final = _merged(WEEKDAYS)
_EVERY_WEEKDAY: Final = frozenset(name for names in WEEKDAYS.values() for name in names)
_JALALI: Final = _numbered(JALALI, 1)
_BARE_MONTH: Final = _merged(
    {language: {_bare(name): month for name, month in names.items()} for language, names in MONTHS.items()}
)
_SAME: Final = {"nb": "no", "nn": "no", "tl": "fil", "in": "id", "iw": "he", "sh": "sr"}
"""Codes that stand for another one of the tables."""


def _code(language: str | None) -> str:
    code = (language or "").lower().replace("_", "-").partition("-")[0]
    return _SAME.get(code, code)


@lru_cache(maxsize=4_096)
def month_number(name: str, language: str | None) -> int | None:
    """The month that the word names; the page's language decides first."""
    name = name.lower().rstrip(".")
    if not name:
        return None
    own = MONTHS.get(_code(language), {})
    return own.get(name) or _ANY_MONTH.get(name) or _BARE_MONTH.get(_bare(name))


def jalali_month(name: str) -> int | None:
    """The Solar Hijri month that the word names."""
    return _JALALI.get(name)


def weekday_number(name: str, language: str | None) -> int | None:
    """The day of the week, Monday is 0."""
    name = name.lower().rstrip(".")
    own = WEEKDAYS.get(_code(language), {}).get(name)
    return _ANY_WEEKDAY.get(name) if own is None else own


def is_weekday(name: str) -> bool:
    """The word is the name of a day of the week in some language."""
    return name.lower().rstrip(".") in _EVERY_WEEKDAY
