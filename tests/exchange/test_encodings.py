"""Encodings are found from few lines, and whatever is no text is said to be none."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaddesk.errors import FileTrouble
from leaddesk.exchange.encodings import guess_encoding, known_encoding
from tests.shared_data import shared_data

TEXTS = {
    "gb18030": "姓名,公司,电话,城市\n王小明,北京华信科技有限公司,13800138000,北京\n"
    "李丽,上海远东物流集团,13900139000,上海\n",
    "big5": "姓名,公司,電話,城市\n王小明,台北華信科技有限公司,0912345678,台北\n"
    "林美麗,高雄遠東物流集團,0922333444,高雄\n",
    "cp932": "氏名,会社名,電話番号\n山田太郎,株式会社アオキ,03-1234-5678\n佐藤花子,トヨタ商事株式会社,06-1111-2222\n",
    "euc_jp": "氏名,会社名,電話番号\n山田太郎,株式会社アオキ,03-1234-5678\n佐藤花子,トヨタ商事株式会社,06-1111-2222\n",
    "cp949": "이름,회사,도시\n김철수,삼성전자,서울\n이영희,현대자동차 주식회사,부산\n박민수,대한물류,인천\n",
    "cp1251": "Имя,Компания,Город\nИван Петров,ООО Ромашка,Москва\nАнна Смирнова,ЗАО Технологии,Санкт-Петербург\n",
    "koi8_r": "Имя,Компания,Город\nИван Петров,ООО Ромашка,Москва\nАнна Смирнова,ЗАО Технологии,Санкт-Петербург\n",
    "cp1252": "First Name,Last Name,City\nJosé,Núñez,Málaga\nJürgen,Müller,Köln\nZoë,Lefèvre,Orléans\n",
    "cp1250": "Jméno,Příjmení,Firma,Město\nJiří,Dvořák,Škoda a.s.,Plzeň\nŁukasz,Wójcik,Spółka z o.o.,Łódź\n",
    "cp1253": "Όνομα,Εταιρεία,Πόλη\nΓιώργος Παπαδόπουλος,Ελληνική Εταιρεία,Αθήνα\nΜαρία Νικολάου,Θάλασσα ΑΕ,Πάτρα\n",
    "cp1254": "Ad,Soyad,Şirket,Şehir\nAyşe,Yılmaz,Güneş İnşaat,İstanbul\nMehmet,Öztürk,Çelik Sanayi,İzmir\n",
    "cp1255": "שם,חברה,עיר\nיוסי כהן,טכנולוגיות מתקדמות,תל אביב\nמרים לוי,שיווק ישיר,ירושלים\n",
    "cp1256": "الاسم,الشركة,المدينة\nمحمد علي,شركة النور,القاهرة\nفاطمة حسن,مؤسسة الخليج,دبي\n",
    "cp874": "ชื่อ,บริษัท,เมือง\nสมชาย ใจดี,บริษัท ไทยการค้า จำกัด,กรุงเทพ\nสมหญิง รักไทย,ห้างหุ้นส่วน,เชียงใหม่\n",
    "utf-8": "Name,Firma\nŁukasz,王小明有限公司\n",
    "utf-8-sig": "Name,Firma\nŁukasz,王小明有限公司\n",
    "utf-16": "Name,Firma\nŁukasz,王小明有限公司\n",
    "utf-16-le": "Name,Company\nJosé,Acme\nAnna,王小明有限公司\n",
    "utf-16-be": "Name,Company\nJosé,Acme\nAnna,王小明有限公司\n",
}


@pytest.mark.parametrize("encoding", TEXTS)
def test_a_few_lines_are_enough(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "leads.csv"
    path.write_bytes(TEXTS[encoding].encode(encoding))
    guess = guess_encoding(path)
    assert guess.encoding == encoding
    assert path.read_bytes().decode(guess.encoding).endswith(TEXTS[encoding][-10:])


def test_plain_letters_are_utf_8_and_certain_text_is_surer_than_a_guess(tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_bytes(b"name,company\nAnna,Acme\n")
    assert guess_encoding(path).encoding == "utf-8"
    path.write_bytes("name\nAnnä\n".encode())
    sure = guess_encoding(path).confidence
    path.write_bytes("name\nJürgen Müller\n".encode("cp1252"))
    assert guess_encoding(path).confidence < sure == 1.0


def test_telling_bytes_far_down_count(tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_bytes(b"name,company\n" + b"Anna,Acme\n" * 200_000 + TEXTS["gb18030"].encode("gb18030"))
    assert guess_encoding(path).encoding == "gb18030"


def test_utf_8_with_a_broken_letter_stays_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "leads.csv"
    path.write_bytes(TEXTS["utf-8"].encode() * 3 + b"Anna,\xe7\n")
    assert guess_encoding(path).encoding == "utf-8"


def test_a_chinese_company_list(tmp_path: Path) -> None:
    assert guess_encoding(shared_data("chinese/listed_companies_baostock_gbk.csv")).encoding == "gb18030"


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04" + bytes(200), b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", bytes(range(256)) * 20, b"\x00" * 500]
)
def test_what_is_no_text(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "leads.csv"
    path.write_bytes(content)
    with pytest.raises(FileTrouble) as trouble:
        guess_encoding(path)
    assert trouble.value.code == "binary"


def test_what_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    for name, code in (("none.csv", "not_found"), (".", "is_folder"), ("empty.csv", "empty")):
        with pytest.raises(FileTrouble) as trouble:
            guess_encoding(tmp_path / name)
        assert trouble.value.code == code


def test_names_of_encodings_are_python_s() -> None:
    assert known_encoding("GBK") == "gbk"
    assert known_encoding("windows-1252") == "cp1252"
    for wrong in ("klingon", "", "rot13", "hex"):
        with pytest.raises(FileTrouble, match="unknown_encoding"):
            known_encoding(wrong)


@given(st.binary(min_size=1, max_size=400))
def test_any_bytes_get_an_encoding_or_are_said_to_be_no_text(content: bytes) -> None:
    from tempfile import TemporaryDirectory

    with TemporaryDirectory() as folder:
        path = Path(folder) / "leads.csv"
        path.write_bytes(content)
        with contextlib.suppress(FileTrouble):
            content.decode(guess_encoding(path).encoding, errors="replace")
