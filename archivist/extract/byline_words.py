"""Words around the names in bylines, in the languages of newspapers.

Data only. Words are in lower case; those of Chinese, Japanese and Korean stand in ``east_asian``.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "ARTICLES_OF_TITLES",
    "BY",
    "CERTAIN_BY",
    "COLLECTIVES",
    "CONJUNCTIONS",
    "HONORIFICS",
    "INTERFACE_WORDS",
    "LABELS",
    "NEWSROOM_WORDS",
    "OTHER_LABELS",
    "PAPERS",
    "PLACES",
    "PLACE_BEGINNINGS",
    "ROLE_WORDS",
    "SHORT_CONJUNCTIONS",
    "TAILS",
    "WRITTEN",
]

CERTAIN_BY: Final = frozenset(
    "by byby oleh door deur av af przez nga eftir führte führten stellte stellten "
    "автор بقلم كتب كتبت تحریر מאת द्वारा โดย".split()
)
"""They announce a name, and begin none."""

BY: Final = CERTAIN_BY | frozenset("von par por di de od от від per na ni gan του της από از w".split())
"""They announce a name, and some may begin one as well: Von, Di, De, Per."""

WRITTEN: Final = frozenset(
    "a an ein eine un une una en ett et ein el la il by and und et "
    "written words text story stories report reported reporting posted published submitted created analysis opinion "
    "article review interview essay column commentary compiled produced authored curated "
    "das die gespräch fragen aufgezeichnet protokolliert "
    "geschrieben kommentar analyse bericht gastbeitrag reportage kolumne glosse porträt veröffentlicht "
    "texte propos recueillis écrit rédigé publié entretien chronique tribune "
    "texto escrito publicado redactado análisis crónica entrevista opinión firmado "
    "scritto testo cura pubblicato intervista analisi commento a "
    "geschreven tekst gepubliceerd skrevet skriven skrivet publicerad publisert "
    "napisane opracowane napsáno scris publicat ditulis dilaporkan isinulat ulat imeandikwa napisano".split()
)
"""They stand before "by": "Written by", "Ein Kommentar von", "a cura di", "Propos recueillis par"."""

LABELS: Final = frozenset(
    "author authors author(s) writer writers reporter reporters journalist journalists correspondent columnist words "
    "autor autorin autoren autor:in text verfasser verfasserin "
    "auteur auteurs autrice autrices journaliste texte textes "
    "autora autores autoras autor/a texto textos redactor redactora periodista autoría reportaje reportagem "
    "autore autori testo testi giornalista tekst redacteur schrijver verslaggever "
    "forfatter forfattare skribent höfundur kirjoittaja kirjoittajat teksti toimittaja "
    "autorka autorzy opracowanie oprac opr autoři redaktorka napsal napsala napísal napísala napisał napisała "
    "autorius autorė autors teksts autorid szerző szerzők szöveg írta textul avtor avtorica besedilo piše "
    "napisao napisala пише пишува аутор аутори "
    "автор авторка автори авторы автор(ы) автора текст текста журналист журналистка корреспондент кореспондент "
    "подготовил подготовила подготовили підготував підготувала "
    "συντάκτης συντάκτρια συντάκτες κείμενο γράφει ρεπορτάζ συντάκτης/τρια "
    "shkruan yazar yazarlar yazan haber muhabir penulis pewarta wartawan laporan jurnalis "
    "الكاتب الكاتبة إعداد متابعة كتابة كاتب المؤلف نویسنده خبرنگار گزارش مصنف כותב כותבת כתב כתבת "
    "लेखक लेखिका रिपोर्ट रिपोर्टर संवाददाता লেখক প্রতিবেদক ผู้เขียน เรื่อง tác giả bài egilea skrywer".split()
)
"""Nouns and verbs before a name, with or without a colon."""

OTHER_LABELS: Final = frozenset(
    "photo photos photograph photographs photography photographer photographers picture pictures image images video "
    "videos illustration illustrations illustrator graphics graphic cartoon editor editors edited producer translation "
    "translated translator reviewed fact-checked presented sponsored supported powered narrated source "
    "sources credit voice camera "
    "foto fotos fotograf fotografin bild bilder grafik illustrationen redigiert übersetzung übersetzt übersetzer "
    "quelle quellen kamera schnitt photographie photographies traduction traduit crédit montage adaptation "
    "fotografía fotografías fotografia fotografie fotógrafo fotógrafa imagen imágenes edición editado traducción "
    "traducido fuente ilustración vídeo edição tradução fonte ilustração traduzione immagini montaggio "
    "beeld vertaling bron illustratie fotografi redaktör redaktør oversettelse översättning kilde "
    "källa kuva kuvat kuvaaja kuvitus lähde zdjęcia zdjęcie źródło tłumaczenie ilustracje zdroj "
    "překlad fotók fotó kép forrás sursa sursă traducere nuotrauka nuotraukos šaltinis izvor "
    "фото фотограф фотографии видео редактор перевод источник ілюстрація джерело переклад слика превод извор снимка "
    "φωτογραφία φωτογραφίες φωτογράφος πηγή μετάφραση fotoğraf fotoğraflar editör kaynak çeviri "
    "penyunting redaktur sumber gambar ảnh nguồn toimetaja redaktorius redaktor "
    "تصوير تحرير ترجمة المصدر صورة מקור צילום עריכה תרגום संपादन फोटो स्रोत ภาพ ที่มา".split()
)
"""Who follows one of these and a colon, or one and "by", took pictures, edited, translated, and wrote nothing."""

CONJUNCTIONS: Final = frozenset(
    "and und et och og en ja ve dan și si és και ir un dhe và และ और एवं اور eta agus oraz with mit avec con med met "
    "com ed sowie ainsi".split()
)
"""Between two names."""

SHORT_CONJUNCTIONS: Final = frozenset("y e i a o и і й та s z с и و".split())
"""The same, but they stand within a name too, or before a place: they part only full names."""

TAILS: Final = frozenset(
    "in at for from of on via is was has writes reports covers updated published posted reporting "
    "aus für bei nach ist schreibt berichtet im am zuletzt vom "
    "à au aux dans pour est depuis en para desde es em no "
    "per è dal dalla voor uit op på hos fra från er är skriver till til "
    "w we dla v u za před pre iz na в из во для у від "
    "στο στη στην skrifar frá द्वारा लिखित".split()
)
"""What follows a name and one of these is no part of it."""

HONORIFICS: Final = frozenset(
    "dr prof professor mr mrs ms miss sir dame dr. prof. mr. mrs. ms. dipl.-ing. herr frau mme mlle sr sra sr. sra. "
    "dott. dott.ssa ing ing. mgr mgr. rev rev. doc. phdr. mudr. don doña д-р проф. δρ. د. डॉ. डॉ श्री".split()
)
"""Before a name, and no part of it."""

ROLE_WORDS: Final = frozenset(
    "reporter reporters correspondent correspondents editor editors journalist journalists writer writers columnist "
    "contributor contributors producer photographer videographer anchor analyst fellow intern author authors host "
    "blogger critic cartoonist commentator presenter broadcaster publisher moderator "
    "autor autoren autorin redakteur redakteurin redakteure redakteurinnen journalistin korrespondent korrespondentin "
    "volontär volontärin reporterin reporterinnen chefredakteur chefredakteurin kolumnist kolumnistin ressortleiter "
    "ressortleiterin chefreporter chefreporterin leiter leiterin gastautor gastautorin "
    "rédacteur rédactrice rédacteurs journaliste journalistes correspondant correspondante chroniqueur chroniqueuse "
    "chef envoyé envoyée auteur autrice éditorialiste pigiste "
    "redactor redactora redactores periodista periodistas corresponsal corresponsales enviado enviada especial "
    "colaborador colaboradora columnista autora autores articulista analista director directora "
    "giornalista giornalisti corrispondente inviato inviata redattore redattrice direttore autore "
    "redacteur redactrice verslaggever verslaggeefster correspondente "
    "repórter jornalista jornalistas colunista editora redatora redator "
    "reporteur journalista kommentator kommentatorn krönikör redaktør redaktör utrikeskorrespondent "
    "toimittaja toimittajat kirjeenvaihtaja kolumnisti päätoimittaja "
    "dziennikarz dziennikarka redaktor redaktorka publicysta novinář novinářka novinar novinarka újságíró szerkesztő "
    "muhabir muhabiri yazarı editör wartawan jurnalis "
    "журналист журналистка корреспондент обозреватель редактор журналістка журналіст кореспондент оглядач "
    "δημοσιογράφος ανταποκριτής مراسل مراسلة صحفي صحافي כתב כתבת עיתונאי संवाददाता "
    "senior chief staff deputy assistant associate managing executive political national international foreign "
    "business sports science health technology news investigative special freelance guest digital multimedia "
    "crime courts education environment economics defence security diplomatic "
    "dal nostro nostra our notre unser unsere unserem unserer unseren onze nuestro nuestra agenturen agencias agenzie "
    "agences byråer agentschappen agencies".split()
)
"""Words of a description that stands beside a name; never part of it."""

COLLECTIVES: Final = frozenset(
    "staff editors reporters correspondents writers contributors wires agencies redakteure redacteurs".split()
)
"""At the end of a signature they make it that of several who are not named: "Courier Staff"."""

NEWSROOM_WORDS: Final = frozenset(
    "وكالات وكالة فريق التحرير هيئة صحيفة جريدة قناة شبكة موقع بوابة رويترز أخبار الأخبار نت غرفة "
    "מערכת חדשות סוכנויות אתר עיתון כתבינו डेस्क न्यूज़ न्यूज ब्यूरो टीम समाचार एजेंसी ऑनलाइन वेब दैनिक "
    "خبرگزاری تحریریه گروه سرویس ڈیسک نیوز ویب ডেস্ক নিউজ প্রতিবেদন অনলাইন "
    "নিজস্ব প্রতিনিধি সংবাদদাতা স্টাফ রিপোর্টার বিশেষ กองบรรณาธิการ ทีมข่าว ข่าวสด "
    "редакция редакции агентство новости газета служба отдел редакція агентство новини екип редакција агенција "
    "σύνταξη συντακτική ομάδα ειδήσεις redaksi tim redacția redactia agenția szerkesztőség toimitus ritstjórn "
    "redakcija toimetus merkezi nyhetsbyrån uutistoimisto lehti redaktsioon komanda".split()
)
"""They name a newsroom or an agency where the words of ``agencies`` do not reach."""

INTERFACE_WORDS: Final = frozenset(
    "the this that more read share shares follow following updated published posted today yesterday photo photos video "
    "videos comment comments advertisement subscribe sign log login menu news all our by view january february "
    "march july september october november december monday tuesday wednesday thursday friday saturday "
    "sunday mins minutes ago about email e-mail copy links print save watch listen live click here send tweet "
    "whats whatsapp app facebook twitter instagram telegram linkedin pinterest reddit messenger youtube tiktok bluesky "
    "mastodon flipboard google scholar search hide load next previous latest related "
    "recommended trending popular stories article articles topics section sections newsletter newsletters "
    "key points glance morning readers highlights overview podcast podcasts episode opinion politics "
    "editorial exclusive breaking premium analysis explainer interview "
    "profile bio biography full topic gift bookmark ressort politik wirtschaft "
    "contact terms privacy policy cookies league "
    "affairs middle asia pacific europe european african american latin global local supreme climate features money "
    "personal county metro weekend culture lifestyle film music food travel entertainment consumer property transport "
    "at for from via with pour dans voor für aus "
    "teilen mehr artikel kommentare kommentar drucken merken folgen alle lesen anzeige uhr minuten "
    "partager imprimer suivre lire commentaires réagir toutes "
    "compartir guardar seguir leer comentarios todos todas artículos noticias "
    "condividi stampa segui leggi commenti tutti compartilhar salvar ler comentários ouvir "
    "delen volg reacties deel jaa lisää udostępnij komentarze sdílet diskuse paylaş abone yorum "
    "bagikan ikuti komentar поделиться подписаться читать комментарии поділитися "
    "مشاركة تابع اقرأ المزيد منذ דקות".split()
)
"""Buttons, menus, headings, desks and dates; no person has one of these in the name."""

ARTICLES_OF_TITLES: Final = frozenset("the der die das les los las il gli het els ο η το".split())
"""A newspaper's name begins so, a person's does not."""

PLACE_BEGINNINGS: Final = frozenset(
    "new san los las hong cape buenos kuala north south east west port fort lake mount mexico nueva nova puerto santa "
    "são sao novi sri costa tel rio saint st. sankt bad burkina sierra addis phnom united great".split()
)
"""A name of two or three words that begins so is a place's."""

PAPERS: Final = frozenset(
    "star courier mirror observer guardian telegraph examiner bulletin ledger dispatch advertiser globe sentinel "
    "enquirer inquirer statesman express argus gleaner courant intelligencer kurier anzeiger tageblatt rundschau "
    "nachrichten dagblad bladet tidende avisen lehti gazzetta corriere giornale diario periódico".split()
)
"""The last word of many a newspaper's name."""

PLACES: Final = frozenset({"white house", "capitol hill", "downing street", "wall street", "silicon valley"})
"""Where correspondents sit; none has such a name."""
