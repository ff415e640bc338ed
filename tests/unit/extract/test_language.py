"""The language of running text."""

from __future__ import annotations

import pytest

from archivist.extract.language import language_of

TEXTS = {
    "en": (
        "The council of the town has said that it was not told which of the cranes were late, and that the "
        "report is to be sent to it by Friday, with the names of those who have signed for them."
    ),
    "de": (
        "Der Rat der Stadt sagt, dass er nicht weiß, welche der Krane zu spät geprüft wurden, und dass der "
        "Bericht bis Freitag bei ihm sein soll, mit den Namen von allen, die für sie unterschrieben haben."
    ),
    "fr": (
        "Le conseil de la ville a dit que les grues ne sont pas sous sa garde et que le rapport sur les "
        "retards est une affaire du port, mais aussi des services qui ont signé pour elles cette année."
    ),
    "es": (
        "El consejo de la ciudad ha dicho que no se sabe cuáles de las grúas se revisaron tarde, y que el "
        "informe es para los que han firmado por ellas, pero también para el puerto entre otros."
    ),
    "pt": (
        "O conselho da cidade disse que não foi informado sobre os guindastes do porto e que o relatório é "
        "uma obrigação dos que assinaram por eles, mas também pelo que foi feito na cidade."
    ),
    "nl": (
        "De raad van de stad zegt dat het niet is verteld welke van de kranen te laat zijn gekeurd, en dat "
        "het rapport voor vrijdag op tafel moet liggen met ook de namen van wie er door de keuring werd "
        "betaald."
    ),
    "pl": (
        "Rada miasta mówi, że nie wie, które z dźwigów były po terminie, i że raport ma się znaleźć na stole "
        "do piątku, oraz że jest to praca dla tych, którzy za nie podpisali się przez cały rok."
    ),
    "tr": (
        "Belediye meclisi hangi vinçlerin geç denetlendiğini bilmediğini ve raporun cuma gününe kadar bir "
        "kurul için hazır olması gerektiğini söyledi; bu rapor daha sonra liman ile de paylaşılacak ama çok "
        "geç olduğu için tepki gördü."
    ),
    "ru": (
        "Городской совет сообщил, что не знает, какие из кранов были проверены поздно, и что отчёт должен "
        "быть у него до пятницы, как это и было в прошлом году для всех, кто за них отвечает по закону."
    ),
    "uk": (
        "Міська рада повідомила, що не знає, які з кранів були перевірені пізно, та що звіт має бути у неї "
        "до п'ятниці, як це було для всіх, хто за них відповідає, або для тих, хто їх також купує."
    ),
    "ar": (
        "قال المجلس إن الرافعات التي تعمل في الميناء لم تفحص في موعدها، وإن التقرير الذي كتب عن هذا الأمر "
        "يجب أن يصل إلى المجلس بعد أسبوع مع أسماء الذين وقعوا على هذه الفحوص من خلال العام."
    ),
    "el": (
        "Το συμβούλιο της πόλης είπε ότι δεν γνωρίζει ποιοι από τους γερανούς ελέγχθηκαν αργά και ότι η "
        "έκθεση πρέπει να φτάσει έως την Παρασκευή με τα ονόματα όσων υπέγραψαν."
    ),
    "ja": (
        "市議会は、どのクレーンの検査が遅れたのかを知らされていなかったと述べ、報告書は金曜日までに提出される"
        "べきだとした。署名した人の名前も求めている。"
    ),
    "zh": (
        "市议会表示，他们没有被告知哪些起重机的检查已经过期，并要求在星期五之前提交报告，同时列出所有签字人的"
        "姓名。港务局没有回应记者的提问，只说将在下周公布结果。"
    ),
    "ko": (
        "시의회는 어느 크레인의 검사가 늦었는지 알지 못했다고 밝히고, 보고서는 금요일까지 제출되어야 하며 서"
        "명한 사람들의 이름도 함께 밝혀야 한다고 말했다."
    ),
}


@pytest.mark.parametrize(("language", "text"), TEXTS.items(), ids=TEXTS)
def test_running_text(language: str, text: str) -> None:
    """A few sentences are enough."""
    assert language == language_of(text * 2)


UNKNOWN = {
    "nothing": "",
    "a line": "The harbour has nine cranes.",
    "numbers": "Quay 4: 31, 412, 350. " * 40,
    "names": "Mara Quill, Jo Finch, Ada Brook, Piers Quillon, Ottilie Brandvold, Saltmere. " * 10,
    "both": "Rada města a rada obce se na to. " * 2,
    "program": "int main(void) { return printf(argv[0]); } " * 30,
}


@pytest.mark.parametrize("text", UNKNOWN.values(), ids=UNKNOWN)
def test_unknown_is_an_answer(text: str) -> None:
    """Too little, or nothing that is running text."""
    assert None is language_of(text)
