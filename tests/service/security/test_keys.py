from __future__ import annotations

import base64
import inspect

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
    assert made.text[16:-9] not in made.digest
    assert made.digest == digest_of_key(made.text)


def test_a_changed_key_is_no_key() -> None:
    made = make_key()
    changed = made.text[:-1] + ("A" if made.text[-1] != "A" else "B")
    assert not is_key(changed, made.digest)


def test_only_the_full_shape_of_a_key_has_a_prefix() -> None:
    made = make_key()
    for text in ("", "pw_", made.text[:-1], f"{made.text}x", f" {made.text}", made.text.upper()):
        assert prefix_of(text) is None


def test_whoever_looks_for_leaked_keys_knows_one_from_a_look_alike() -> None:
    """Any one character of the key changed for another of its alphabet is seen without asking."""
    text = make_key().text
    for place in range(3, len(text)):
        if text[place] == "_" and place in (15, len(text) - 9):
            continue
        changed = text[:place] + ("a" if text[place] != "a" else "b") + text[place + 1 :]
        assert prefix_of(changed) is None


def test_a_key_is_256_random_bits_that_do_not_come_twice() -> None:
    secrets = [make_key().text[16:-9] for _ in range(10_000)]
    assert len(set(secrets)) == len(secrets)
    assert {len(base64.urlsafe_b64decode(f"{secret}=")) for secret in secrets} == {32}
    for place in range(42):  # the last character holds four bits only
        assert len({secret[place] for secret in secrets}) == 64


def test_no_part_of_a_comparison_ends_early() -> None:
    """The digest is compared by the function that takes the same time for any two."""
    source = inspect.getsource(is_key)
    assert "hmac.compare_digest" in source
    assert "==" not in source
