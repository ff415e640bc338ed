"""Labels of credits and captions in the languages of newspapers.

Data only: alternatives of regular expressions, to be matched without regard to case; white space between them is
layout.
"""

from __future__ import annotations

from typing import Final

__all__ = [
    "CAPTION_LABELS",
    "COMMA_LABELS",
    "ENDINGS",
    "LABELS",
    "LINKS",
    "OPENINGS",
    "SOLID_LABELS",
    "STAMPS",
]

LABELS: Final = "|".join(
    r"""
    (?:image|photo|picture|video|graphic|illustration|media)\s(?:credits?|sources?)|copyright|credits?|sources?|ph|pics?|pc
    (?:(?:file|stock|handout|main|cover|lead|top|featured|representative|representational)\s)?(?:photos?|pictures?|images?)
    files?|photograph(?:s|y|ers?|ed)?|illustrat(?:ions?|ed|ors?)|graphics?|artwork|art|collages?|composites?|renderings?|cartoon|map
    screen\s?(?:grab|shot)s?|still|courtesy|supplied|handout|zvg|animation|design|montage|image\scaption
    (?:symbol|archiv|agentur|vorschau|titel|handout|beispiel)?(?:fotos?|bild(?:er)?)|foto-?(?:quelle|credit|nachweis|montage)
    bild(?:quelle|rechte|nachweis|beitrag|credit|autor|agentur|montage)|quelle|grafik(?:en)?|collagen|illustrationen|urheber
    karikatur|photo-?montage|cr[ée]dit[oi]?s?(?:\s(?:photos?|images?|foto|imagem|de\sl[’']image|de\sla\simagen|da\simagem))?
    infographie|dessin|capture\sd[’']écran|visuel|vidéo|source\sde\sl[’']image|auteur|caricature
    fotograf(?:[ií]as?|ie|en|i|a)?|fuente(?:\sde\sla\simagen)?|im[áa]gen(?:es)?|ilustraci[óo]n|infograf[ií]a
    captura(?:\sde\spantalla)?|autora?|cortes[ií]a|cedida|divulgação|imagem|imagens|fonte(?:\sda\simagem)?|ilustração|montagem|reprodução|arte
    immagin[ei]|illustrazione|grafica|elaborazione|beeld(?:bewerking)?|bron|illustraties?|infographic
    kilde|billede|arkivfoto|illustra(?:sjon|tion)s?foto|ill|genrefoto|pressefoto|skjermdump|skærmdump|skjermbilde
    källa|arkivbild|genrebild|pressbild|skärmdump|kuva(?:aja|kaappaus|manipulaatio)?|arkistokuva|kuvituskuva|lähde|grafiikka
    (?:ljós)?mynd(?:ir)?|skjáskot|argazkia|llun|grianghraf|foto(?:grafija|ğraf|gráfie)|foto\s?ilustra\w{1,8}
    fot|zdjęci[ea]|rys|źródło|grafika|ilustracja|ilustrační\s(?:foto|snímek)|zdroj|sn[íi]mek|repro|autor\sfoto|vizualizace
    fotó|forrás|illusztráció|képernyőkép|felvétel|sursa(?:\sfoto)?|surs[ăa]\simagine|captur[ăa]|izvor|vir|slika|burimi
    nuotrauka|attēls|avots|autors|pilt|allikas?|foto\sautors|şəkil|mənbə|surat|manba
    фото(?:графия|графи|коллаж|\sиз\sархива|арх[иі]в|хроника|граф)?|источник(?:\sфото|\sизображения)?|иллюстраци[яи]|коллаж
    автор\s(?:фото|изображения|снимка)|скриншот|снимок|кадр|изображение|инфографика|графика
    джерело|світлина|ілюстраці[яї]|колаж|скріншот|зображення|знімок|крыніца|фота|здымак|снимка|източник|извор|суреті?
    зураг|слика|илустрација|φωτ(?:[όο]|ογραφ[ίι](?:α|ες))?|πηγή(?:\sεικόνας)?|εικόνα
    kaynak|görsel|arşiv|ảnh(?:\s(?:minh\shọa|minh\shoạ|tư\sliệu|chụp\smàn\shình|chụp))?|nguồn(?:\s(?:ảnh|hình\sảnh))?
    hình(?:\sảnh)?|đồ\s(?:họa|hoạ)|sumber|gambar|dok(?:umentasi)?|ilustrasi|tangkapan\slayar|larawan|kuha\sni|picha
    isithombe|izithombe|umthombo|hoto|sawir
    """.split()
)
"""In scripts that part words by blanks."""

SOLID_LABELS: Final = "|".join(
    r"""
    写真(?:提供|撮影|説明)?|撮影者?|提供|画像(?:提供|引用)?|資料写真|出典|イラスト
    사진\s?(?:제공|출처|촬영)?|출처|그래픽|자료사진|자료|제공
    图(?:片(?:来源)?|源)?|来源|摄影?|摄影师|供图|圖(?:片(?:來源)?|源|取自)?|來源|攝影?|翻攝自|照片(?:來源|来源|提供)?|制图|製圖|插画|漫画
    ภาพ(?:จาก|ถ่าย|ข่าว|ประกอบ)?|แฟ้มภาพ|ที่มา(?:ของภาพ)?|เครดิต(?:ภาพ)?|ขอบคุณภาพ(?:จาก)?|រូបភាព|ຮູບ|ဓာတ်ပုံ
    (?:صدر\s|مصدر\s)?الصورة|صور[ةه]?|تصوير|المصدر|مصدر|عدسة|عکس(?:\sاز)?|عکاس|منبع|تصویر|فوٹو|ماخذ
    צילו(?:ם|מים)(?:\sמסך)?|צילם|קרדיט(?:\sצילום)?|תמונה|איור|עיבוד|מקור|באדיבות
    (?:फाइल\s)?(?:फ़ोटो|फोटो)(?:\s(?:साभार|क्रेडिट|सोर्स))?|तस्वीर|साभार|स्रोत|सोर्स|छायाचित्र|तस्बिर
    ছবি(?:র\sউৎস)?|সূত্র|படம்|ఫొటో|చిత్రం|ಚಿತ್ರ|ഫോട്ടോ|ചിത്രം|તસવીર|ફોટો|ਤਸਵੀਰ|ਫੋਟੋ|ඡායාරූප|ፎቶ|ფოტო|წყარო|լուսանկարը?
    """.split()
)
"""In other scripts, where a label may also be glued to what stands around it."""

COMMA_LABELS: Final = "|".join(
    r"""
    image\ssource|crédit(?:\sphoto)?|crédito|fuente\sde\sla\simagen|автор\sфото|фото\sисточник|источник\sфото|джерело\sфото|bildquelle
    kaynak|nguồn\shình\sảnh|图像来源|صدر\sالصورة|इमेज\sस्रोत|ছবির\sউৎস|source\sde\sl[’']image|fonte\sda\simagem|sumber\sgambar
    """.split()
)
"""Labels read out to those who cannot see the picture: a comma follows."""

CAPTION_LABELS: Final = "|".join(
    r"""
    (?:image|photo|video)\scaption|caption|image|photo|bild|foto|imagen|legenda\sda\sfoto|légende\s(?:de\sl[’']image|image)|pie\sde\sfoto
    подпись\sк\sфото|підпис\sдо\sфото|fotoğraf\saltı\syazısı|chụp\slại\shình\sảnh|图像加注文字|التعليق\sعلى\sالصورة|इमेज\sकैप्शन|ছবির\sক্যাপশান
    keterangan\sgambar|bildunterschrift|didascalia
    """.split()
)
"""Words that announce a caption."""

OPENINGS: Final = "|".join(
    r"""
    (?:file\s)?(?:photo(?:graph|graphy|s)?|picture|image|illustration|graphic|art|collage|cartoon|video)s?\s(?:by|courtesy(?:\sof)?|via|from)
    (?:photo|picture|image)?\s?courtesy\s(?:of\s)?|supplied\sby|screen(?:grab|shot)s?\s(?:via|from|by)?|handout\s(?:via|by)?
    (?:photos?|images?|pictures?)\s(?:provided|taken|supplied|released|shared|captured)\s(?:by|from)
    (?:(?:foto|imagen|image)s?\s)?(?:cedid[ao]s?|facilitad[ao]s?|proporcionad[ao]s?)\spor|gentileza\sd[aei]|per\sgentile\sconcessione
    (?:foto|bild)\s(?:von|af|av|di|de|do|door|by|od)|(?:ขอบคุณ)?ภาพจาก|ที่มา|illustration\s(?:von|par|de|av|af)|photo\s(?:de|par|d[’'])
    """.split()
)
"""Words that announce a name without any sign after them."""

LINKS: Final = "|".join(
    "by courtesy of via von par por di de da do av af door od från from foto photo image автор illustration".split()
)
"""Words between a label and the sign after it."""

ENDINGS: Final = tuple(
    "nuotr 撮影 提供 写真 촬영 제공 기자 특파원 摄 摄影 攝 攝影 供图 供圖 图 圖 felvétele fotója".split()
)
"""Labels that stand after the name, in lower case."""

STAMPS: Final = "|".join(
    r"""
    (?:hide|toggle)\scaption|read\smore|enlarge(?:\sthis\simage)?|visa\smer|vis(?:e)?\smere?|se\smer|camera\sicon|more\.\.\.|more\s?[>»›]|…\smore
    mandatory\scredit.{0,200}|(?:this\simage|image)\sis\savailable.{0,80}|no\s(?:resales|archives?).{0,80}
    (?:purchase|acquire)\slicensing\srights(?:\s?,?\sopens\s(?:in\s)?(?:a\s)?new\s(?:tab|window))?|opens\sin\s(?:a\s)?new\s(?:tab|window)
    all\srights\sreserved\.?|alle\srechte\svorbehalten\.?|tous\sdroits\sréservés\.?|powered\sby|expand\simage|view\sgallery
    advertisement|click\sto\senlarge|tap\sto\senlarge|swipe\s.{0,40}|les\smer|læs\smere|läs\smer|lire\sla\ssuite|leer\smás|leia\smais|lees\smeer|bild\svergrößern|ingrandisci|ampliar|play\s?video|loading\.{0,3}|skip\sadvertisement|close
    """.split()
)
"""What a page's buttons leave at the end of a caption."""
