from __future__ import annotations

from service.security.keys import digest_of_key, is_key, make_key, prefix_of


def test_a_key_is_found_by_its_prefix_and_known_by_its_digest() -> None:
    made = make_key()
    assert prefix_of(made.text) == made.prefix
    assert is_key(made.text, made.digest)


def test_two_keys_share_neither_prefix_nor_secret() -> None:
    keys = [make_key() for _ in range(50)]
    assert len({key.prefix for key in keys}) == len({key.digest for key in keys}) == 50


def test_the_digest_gives_nothing_of_the_key_away() -> None:
    made = make_key()
    assert len(made.digest) == 64
    assert made.text[-43:] not in made.digest
    assert made.digest == digest_of_key(made.text)


def test_a_changed_key_is_no_key() -> None:
    made = make_key()
    changed = made.text[:-1] + ("A" if made.text[-1] != "A" else "B")
    assert not is_key(changed, made.digest)


def test_only_the_full_shape_of_a_key_has_a_prefix() -> None:
    made = make_key()
    for text in ("", "pw_", made.text[:-1], f"{made.text}x", f" {made.text}", made.text.upper()):
        assert prefix_of(text) is None
