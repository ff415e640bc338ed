"""The commonest words of newspapers, by language (ISO 639): articles, prepositions, pronouns, forms of "to be"."""

from __future__ import annotations

from typing import Final

__all__ = ["COMMON_WORDS"]

COMMON_WORDS: Final[dict[str, str]] = {
    "af": "die en van in het is nie dat wat met op sy vir te om hy was by ek aan as hulle ook deur word kan ons sal",
    "az": "və bu bir ki ilə üçün də da olan onun edib edilib deyib çox isə sonra daha kimi üzrə var amma həmin",
    "bs": "je i u na se da su za od koji što će sa ne bi kako nije iz o kao bilo biti",
    "ca": "de la i el que a les els en un per amb una del és no es va ha al més són dels com han però també aquest",
    "cs": "a v se na je že s z do o k pro by to jsou za po si ale jako od podle když jeho který které byl bylo také",
    "cy": "yn y i ar ac o a yr ei mae wedi bod am gan ond fod oedd bydd sydd mewn gyda hyn eu nad hefyd",
    "da": "og i at det er en til af på den for der med de ikke har som et han var om vi men fra sig blev skal også "
    "efter mod siger blevet nogle meget ud op nu kunne hun noget havde ved deres",
    "de": "die der und in zu den das von ist mit nicht ein eine auf für sich des im dem auch es als an hat er sie wie",
    "en": "the of and to in a is that for it was on as with he at by be are this from or have an they has not his but",
    "es": "de la que el en y los a se las del un por con una no su para es al lo como más ha o pero sus este fue",
    "et": "on ja ei et oli ka see kui mis ning aga oma või seda kes siis mida ta pole veel saab tema nii eesti",
    "eu": "eta da du ez dute bat zuen dira ere dela baina izan egin hori bere dituzte beste dago behar euskal arte",
    "fi": "ja on ei se että oli hän mutta myös kun ovat mukaan kuin sen jos tai joka ollut ole sekä vuonna mitä niin",
    "fo": "og í at er til á av fyri við sum ikki tað ein hann hava var men ella verða hevur teir frá eisini",
    "fr": "de la le et les des en un du une que est dans qui pour a par sur au pas plus ce il se avec ne sont son mais",
    "fy": "de it fan en yn is in dat te op foar mei by net oan as om mar har ek binne wie hat troch sy",
    "ga": "an a na ar ag is i go do agus le bhí sé leis mar atá tá de níl ach sin ó iad faoi raibh",
    "gl": "de a que o e do da en os un para por unha non se no as con na dos é como máis ao súa pero foi tamén polo",
    "ha": "da na a ya ta ne cewa ce don su an shi ba kuma wanda ga daga yi wani za kan kasar mai",
    "hr": "je i u na se da su za od koji što će s ne bi kako nije iz o kao te također godine nego prema",
    "ht": "nan yo ki pou ak la te ap sa pa li gen yon fè nou ki moun men tout sou lè",
    "hu": "a az és hogy nem is egy volt meg de ez már csak azt mint vagy el aki után még kell lesz ki van pedig "
    "szerint",
    "id": "yang dan di ini itu dengan untuk dari dalam tidak akan pada ke juga oleh karena ada saat bisa tersebut "
    "telah",
    "is": "og að í er á sem til um við var ekki en fyrir það hann af með þá því hafa eru hefur þetta frá verið segir",
    "it": "di e che la il in a un per è non una del le con della si i da al dei nel sono alla più come ha ma anche gli",
    "ku": "û ku li ji bi de di jî ew ev bo her ne yê ya jî dike wan kurd hat",
    "lb": "an de der d'en ass net fir dat mat op den vun et sinn si als och wéi hunn huet vum awer eng dass zu um",
    "lt": "ir į kad yra su iš ne tai buvo bei bet apie kaip už jau nuo taip po dėl pagal savo prie tik gali buvo",
    "lv": "un ir ar no uz par ka kas bija arī bet ne kā lai tika tā pēc vai to ko tas viņš gan būs ļoti jau",
    "mg": "ny sy dia ho amin'ny fa tsy izay no ao ary amin' nandritra ka izao noho olona",
    "mi": "te ngā i o ki he ka mō e ko me ana nei ai ā kua hoki iwi kei tēnei rātou",
    "ms": "yang dan di ini itu dengan untuk tidak pada kepada akan daripada dalam beliau juga oleh telah berkata "
    "boleh ialah",
    "mt": "li ta' il- u fil- ma' biex kien dan għal mill- din minn kienet huwa tal- hija jew għandu dawn",
    "nl": "de van het een en in is dat op te met voor die zijn niet aan er om ook als hij bij door naar uit maar nog "
    "worden",
    "no": "og i det er en som på til å av for at med har ikke de den om et var fra han men vi seg skal ble også "
    "etter mot sier blitt noen mye ut opp nå kunne hun noe hadde ved deres",
    "nn": "og i det er ein som på til å av for at med har ikkje dei den om eit var frå han men vi seg skal også "
    "etter mot seier vorte nokon mykje ut opp no kunne ho noko hadde ved",
    "om": "kan fi akka hin irra keessa kana isa kun ta'e yoo irratti jira waan bara jedhan",
    "pl": "w i na z się nie do że jest o to jak po przez za od dla ale są oraz który tym które być był już tego",
    "pt": "de a o que e do da em um para os com não uma no na se por as dos mais ao foi das é como pela mas também são",
    "rn": "mu ko n' na ku mu kandi muri ari yo ubu abantu igihugu kuri ubwo",
    "ro": "de și în a la cu că pe o din nu pentru care este un mai s-a au fost sunt dar să prin după lui ale cele ca",
    "rw": "mu ko na ku kandi muri ari kuri yavuze uyu abantu ubwo mbere ariko nta bari",
    "sk": "a v na sa je že s z do o k pre by to sú za po si ale ako od podľa keď jeho ktorý ktoré bol bolo tiež aj",
    "sl": "in je v na se da so za ki s z tudi po ne bi od pa kot je bil ob pri še ali več do ter",
    "sm": "o le i ma e se na a mo ai fa'a lea ua ia latou",
    "sn": "kuti uye nokuti asi pane kana vanhu mu ari iyi zvakare vari nekuti kwete",
    "so": "oo iyo ka ah ku in uu waxaa waa ayaa soo la wuxuu loo laga ayay isaga dalka si kale",
    "sq": "e të në dhe një për që me i është se nga më nuk ka do por si janë kjo ishte ai edhe tij këtë kanë",
    "st": "le hore ka ba ho ya ke tse e ha o di hae bakeng empa batho sa",
    "su": "nu jeung di ka anu teu éta ku téh dina ieu keur pikeun geus",
    "sv": "och i att det är en som på av för med till den har inte de om ett han var men från vi sig kan ska också "
    "efter",
    "sw": "na ya wa kwa ni katika za la kuwa cha hiyo huo alisema kama hii lakini baada yake watu pia huyo wake hilo",
    "tl": "ng sa na ang mga ay at ni para si kay hindi niya nang mula ito siya may ayon pa naman kanilang",
    "tn": "le go ya mo ba e fa ka ne gore o di tse kgotsa batho mme",
    "tr": "ve bir bu için de da ile olarak olan daha gibi çok en sonra kadar ise ne o değil ancak var göre dedi "
    "olduğunu",
    "uz": "va bu bilan uchun bir ham da edi qilish boʻlgan bo‘lgan esa boʻyicha o‘z haqida kerak keyin",
    "vi": "của và là các có cho được trong không một người với những này đã khi từ năm về đến tại ra ở phải như "
    "trong vào cũng nhiều nhưng theo ông bị người sẽ đó việc thể làm hơn",
    "wo": "ci ak la mu di yi bi nga nit leen moo dafa waa",
    "xh": "ukuba kwaye kunye okanye xa kuba ngokuba uthe kodwa ukuze kule abantu ngenxa loo into yokuba",
    "yo": "ti ní ni àwọn sì tí fún wọn kan ó náà pé láti nínú ṣe ọ̀rọ̀ wá",
    "zu": "ukuthi futhi uma kanye ngoba lapho kodwa noma bese njengoba yakhe wakhe abantu lokhu khona kusho "
    "ngesikhathi ukuba kakhulu yini bathi uthe emva nge leli",
    "be": "і у на што не з па для гэта да ў ад як ён але за яго якія быў таксама каб якая гэтым",
    "bg": "на и да се за от в е с че не са по това ще като към са до при които още беше след но има също",
    "kk": "және мен деп бұл бір үшін да де бар болды осы деген туралы болып қазақстан еді бойынша",
    "ky": "жана менен бул бир үчүн деп болгон да эле бар кыргызстан ошол керек туралуу боюнча",
    "mk": "на и да се во за од ќе со не е дека што како ги ги по но беше кој оваа исто",
    "mn": "нь байна энэ юм бол болон гэж байгаа монгол улсын мөн тухай ажлын хүн",
    "ru": "и в не на что с по это как из за он для от его к но а было или у также уже при был после их которые до",
    "sr": "је и у на се да су за од који што ће са не би како није из о као али такође године",
    "tg": "ва дар ба аз ки ин бо барои он ҳам шуд мекунад кард буд тоҷикистон",
    "tt": "һәм белән дә бу өчен бер дип булган да татарстан иде буенча",
    "uk": "і в на що не з у до та за для як це від про його але є й по був також бути які після він із під",
    "ar": "في من على أن إلى التي عن مع هذا الذي ما هذه لا كان ذلك بعد قد كما بين كل و بن أو خلال",
    "ckb": "لە بە کە بۆ و ئەم ئەو لەگەڵ دەکات کرد بوو هەر نییە دەبێت",
    "fa": "و در به از که این را با است برای آن یک شده بود می شد خود تا کرد بر هم نیز اما باید",
    "ps": "د په او چې له سره کې دی ته یې هم دا شوي کړي څخه کوي شي",
    "sd": "۾ جي جو کي ۽ کان آهي تي ته جا سان لاءِ هن آهن",
    "ug": "ۋە بۇ بىر بىلەن ئۈچۈن دەپ بولغان خەلق ئۇ",
    "ur": "کے میں کی ہے اور سے کا کو اس کہ نے ہیں پر بھی نہیں ایک تھا لیے کیا وہ یہ گیا",
    "hi": "के में की है और से का को इस कि ने हैं पर भी नहीं एक था लिए किया वह यह गया ही तो कर",
    "mr": "आहे आणि या त्या ते हे होते असे केली केला नाही तर की मध्ये साठी होता आहेत काही झाली",
    "ne": "छ र को मा लाई पनि यो छन् भएको थियो गरेको हो गर्न तथा एक भने नेपाल अनुसार",
}
