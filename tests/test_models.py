"""Models and gazetteers of a user's own: learned, loaded, used, and refused when damaged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import onrecord
from onrecord.cli import main


@pytest.fixture(scope="module")
def gold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Documents in which a word written small is a place."""
    path = tmp_path_factory.mktemp("gold") / "gold.jsonl"
    verbs = ["crossed", "left", "mapped", "praised", "saw", "bought", "sold", "missed", "drew", "feared"]
    lines = []
    for verb in verbs:
        text = f"“Žurno!” they said, and {verb} Zorgalia on foot with Brenntor. Nobody {verb} anything else."
        start, other = text.index("Zorgalia"), text.index("Brenntor")
        entities = [[start, start + 8, "LOC"], [other, other + 8, "ORG"]]
        lines.append(json.dumps({"text": text, "entities": entities}, ensure_ascii=False))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def own(gold: Path) -> onrecord.Model:
    return onrecord.Model.learn(gold, gold.with_name("own.model"), licence="CC0")


def found(text: str, config: onrecord.Config | None = None, lang: str = "en") -> list[tuple[str, str]]:
    return [(e.text, e.label) for e in onrecord.read(text, lang=lang, config=config).entities]


def test_what_was_learned_is_used(own: onrecord.Model) -> None:
    text = "We crossed Zorgalia in the rain with Brenntor."
    assert ("Brenntor", "ORG") not in found(text)
    assert found(text, onrecord.Config(models=[own])) == [("Zorgalia", "LOC"), ("Brenntor", "ORG")]


def test_what_the_built_in_model_knows_stays(own: onrecord.Model) -> None:
    text = "Prime Minister Ana Brnabić met NATO officials in Brussels."
    assert found(text, onrecord.Config(models=[own])) == found(text) != []


def test_the_card_and_the_report(own: onrecord.Model, gold: Path) -> None:
    assert own.card.language == "en"
    assert own.card.reads == ("en",)
    assert own.card.licence == "CC0"
    assert own.card.learned_from[-1] == "gold.jsonl: 10 documents"
    assert "every fifth of gold.jsonl" in own.card.figures[0]
    assert "read wrongly" in own.report
    assert onrecord.Model.load(own.path).card == own.card
    with_dev = onrecord.Model.learn(gold, gold.with_name("dev.model"), dev=gold)
    assert "together 100.0" in with_dev.card.figures[0]


def test_the_same_gold_gives_the_same_file(own: onrecord.Model, gold: Path) -> None:
    again = onrecord.Model.learn(gold, gold.with_name("again.model"), licence="CC0")
    assert again.path.read_bytes() == own.path.read_bytes()


def test_a_model_serves_the_languages_that_share_its_lists(gold: Path) -> None:
    model = onrecord.Model.learn(gold, gold.with_name("hr.model"), lang="hr")
    assert model.card.reads == ("sr", "hr", "bs", "cnr")
    config = onrecord.Config(models=[model])
    assert ("Zorgalia", "LOC") in found("We crossed Zorgalia on foot with Brenntor.", config, lang="bs")


def test_extract_takes_it_too(own: onrecord.Model) -> None:
    rows = onrecord.extract(["We crossed Zorgalia on foot."], lang="en", config={"models": [str(own.path)]})
    assert [row["text"] for row in rows.entities.to_pylist()] == ["Zorgalia"]


@settings(max_examples=60, deadline=None)
@given(at=st.integers(0, 10**9), bit=st.integers(0, 7), cut=st.booleans())
def test_any_damage_is_a_model_error(own: onrecord.Model, at: int, bit: int, *, cut: bool) -> None:
    data = bytearray(own.path.read_bytes())
    at %= len(data)
    if cut:
        del data[at:]
    else:
        data[at] ^= 1 << bit
    damaged = own.path.with_name("damaged.model")
    damaged.write_bytes(data)
    with pytest.raises(onrecord.ModelError, match=r"damaged\.model"):
        onrecord.Model.load(damaged)
    with pytest.raises(onrecord.ModelError, match=r"damaged\.model"):
        onrecord.Config(models=[damaged])


def test_a_model_damaged_after_it_was_checked_is_no_fallback(own: onrecord.Model, tmp_path: Path) -> None:
    copy = tmp_path / "copy.model"
    copy.write_bytes(own.path.read_bytes())
    config = onrecord.Config(models=[copy])
    copy.write_bytes(own.path.read_bytes()[:-7])
    with pytest.raises(onrecord.ModelError, match="cut off"):
        onrecord.entities(["Zorgalia."], config=config)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("nonsense", "gold.jsonl, line 2: expected"),
        ('{"text": "Ab"}', "line 2: missing field `entities`"),
        ('{"text": "Ab", "entities": [[0, 9, "ORG"]]}', "line 2: ORG from 0 to 9 lies outside a text of 2 code points"),
    ],
)
def test_gold_that_cannot_be_read(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"text": "Ab", "entities": []}\n' + line + "\n")
    with pytest.raises(onrecord.InputError, match=message):
        onrecord.Model.learn(path, tmp_path / "out.model")
    assert not (tmp_path / "out.model").exists()


def test_too_little_gold(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"text": "Ab", "entities": []}\n')
    with pytest.raises(onrecord.InputError, match="has 1 documents: at least 5"):
        onrecord.Model.learn(path, tmp_path / "out.model")


def test_the_command_line(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "cli.model"
    assert main(["train", str(gold), "-o", str(out)]) == 0
    shown = capsys.readouterr().out
    assert "rules and lists alone" in shown
    assert "Config(models=" in shown
    assert onrecord.Model.load(out).card.licence == "not stated"
    assert main(["train", str(tmp_path / "none.jsonl"), "-o", str(out)]) == 1


def gazetteer(folder: Path, text: str) -> Path:
    path = folder / "own.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_gazetteer_of_ones_own(tmp_path: Path) -> None:
    path = gazetteer(
        tmp_path,
        "name,label,id,aliases\n"
        "Brenntor Group,ORG,B-1,Brenntor|BTG\n"
        '"Lake, Upper",LOC,,Upper Lake\n'
        "Washington,PERSON,P-9,\n",
    )
    config = onrecord.Config(gazetteer=path)
    text = "Brenntor and BTG sold a boat on Upper Lake, said Washington."
    story = onrecord.read(text, lang="en", config=config)
    rows = [(e.text, e.label, e.key) for e in story.entities]
    assert rows == [
        ("Brenntor", "ORG", "B-1"),
        ("BTG", "ORG", "B-1"),
        ("Upper Lake", "LOC", "lake, upper"),
        ("Washington", "PERSON", "P-9"),
    ]
    assert onrecord.Config.from_dict({"gazetteer": str(path)}) == config


def test_a_gazetteer_follows_the_cases_of_a_language_and_its_script(tmp_path: Path) -> None:
    config = onrecord.Config(gazetteer=gazetteer(tmp_path, "name,label\nBrenntorija,ORG\n"))
    assert ("Brenntorijom", "ORG") in found("Ugovor sa Brenntorijom je raskinut.", config, lang="sr")
    assert ("Бреннторијом", "ORG") in found("Уговор са Бреннторијом је раскинут.", config, lang="sr")


def test_a_gazetteer_that_changed_is_read_anew(tmp_path: Path) -> None:
    config = onrecord.Config(gazetteer=gazetteer(tmp_path, "name,label\nBrenntor,ORG\n"))
    assert found("Brenntor waits.", config) == [("Brenntor", "ORG")]
    gazetteer(tmp_path, "name,label\nBrenntor,PERSON\n")
    assert found("Brenntor waits.", config) == [("Brenntor", "PERSON")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name\nA\n", "line 1: the columns name and label are needed"),
        ("name,label,colour\nA,ORG,red\n", 'line 1: unknown column "colour"'),
        ("name,label\nAbc,ORG\nDef,COMPANY\n", 'line 3: unknown label "COMPANY"'),
        ("name,label\n,ORG\n", 'line 2: "" has no capital'),
        ("name,label\nabc,ORG\n", 'line 2: "abc" has no capital'),
        ("name,label\nAbc,ORG,1,2\n", "line 2: .*fields"),
        ("name,label\n" + "A " * 40 + ",ORG\n", "line 2: .* is too long"),
        ("name,label,id\nAbc,ORG," + "x" * 201 + "\n", "line 2: the id is too long: 200 bytes at most"),
    ],
)
def test_gazetteers_that_are_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(onrecord.ConfigError, match=message):
        onrecord.Config(gazetteer=gazetteer(tmp_path, text))


def test_bytes_that_are_no_text_are_refused_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_bytes(b"name,label\nAbc,ORG\nD\xff,ORG\n")
    with pytest.raises(onrecord.ConfigError, match="line 3"):
        onrecord.Config(gazetteer=path)
    with pytest.raises(onrecord.ConfigError, match=r"no\.csv"):
        onrecord.Config(gazetteer="no.csv")


def test_models_are_a_list_of_files() -> None:
    with pytest.raises(onrecord.ConfigError, match="list of files"):
        onrecord.Config(models="my.model")
