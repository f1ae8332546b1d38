"""Everything that may be wrong with a token or an answer: each a change to a good one."""

from typing import Any

from tests.adapters.mutating import (
    Mutation,
    another_try,
    answer,
    by_hand,
    claims,
    client_secret,
    flipped,
    header,
    impostor,
    key_for_encryption,
    moment,
    no_keys,
    no_name_among_two_keys,
    other_payload,
    part_to_understand,
    public_key_as_secret,
    published,
    rewritten,
    short_key,
    two_keys_of_one_name,
)
from tests.harness.issuer import ec_key, half_hash, rsa_key

STRANGE: tuple[Any, ...] = ("", " ", 0, 1.5, True, [], {}, ["x"], {"x": 1}, "\x00", "x" * 10_000)
LEGAL, ACTING = "urn:etoegang:core:LegalSubjectID", "urn:etoegang:core:ActingSubjectID"
BRANCH = "urn:etoegang:1.9:ServiceRestriction:Vestigingsnr"
KIND = "urn:etoegang:1.9:EntityConcernedID"
HOUR, DAY = 3600, 86_400

MUTATIONS: dict[str, Mutation] = {
    # --- a claim that is not there, or is something else ---
    **{
        f"without {name}": claims(**{name: None})
        for name in (
            *("iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "acr", "namequalifier"),
            *(LEGAL, ACTING),
        )
    },
    **{
        f"{name} is {value!r:.20}": claims(**{name: value})
        for name in (
            *("iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "acr", "namequalifier"),
            *(LEGAL, ACTING),
        )
        for value in STRANGE
        if not (name in {"sub", ACTING} and value in (" ", "\x00"))
    },
    # --- of another place, or for another ---
    "of another issuer": claims(iss="https://broker.example"),
    "of our issuer with a slash": claims(iss="http://127.0.0.1:3030/"),
    "for another client": claims(aud="somebody-else"),
    "for us and another": claims(aud=["vakpoort", "somebody-else"]),
    "for us and another who asked": claims(aud=["vakpoort", "other"], azp="other"),
    "for us, asked by another": claims(azp="somebody-else"),
    "for us in capitals": claims(aud="VAKPOORT"),
    "of another try": another_try,
    "with another nonce": claims(nonce="AAAA"),
    "with the hash of another access token": claims(at_hash=half_hash("another")),
    "with a hash that is none": claims(at_hash="é"),
    # --- of another time ---
    **{f"ended {-s} s ago": moment("exp", s) for s in (-61, -HOUR, -DAY)},
    **{f"made in {s} s": moment("iat", s) for s in (62, HOUR, DAY)},
    **{f"made {-s} s ago": moment("iat", s) for s in (-662, -DAY)},
    **{f"logged in {-s} s ago": moment("auth_time", s) for s in (-662, -HOUR, -DAY)},
    **{f"logged in in {s} s": moment("auth_time", s) for s in (62, DAY)},
    **{f"valid from {s} s on": moment("nbf", s) for s in (62, DAY)},
    # --- no company, or not one that the person may represent ---
    **{
        f"company {number!r}": claims(**{LEGAL: number})
        for number in (
            *(
                "9000470",
                "900047011",
                "9000470x",
                " 90004701",
                "90004701 ",
                "\N{FULLWIDTH DIGIT NINE}0004701",
            ),
            *("90004701\n", "90.00.47.01", "NL90004701"),
        )
    },
    **{
        f"qualifier {kind}": claims(namequalifier=kind)
        for kind in (
            *(f"{KIND}:BSN", f"{KIND}:Pseudo", f"{KIND}:KvKnr ", f"{KIND}:kvknr", "KvKnr"),
            "urn:etoegang:1.12:EntityConcernedID:BSN",
        )
    },
    "a citizen beside": claims(**{"urn:etoegang:1.12:EntityConcernedID:BSN": "999990019"}),
    "a citizen's number beside": claims(bsn="999990019"),
    "a citizen's number inside": claims(person={"BSN": "999990019"}),
    "a chain": claims(**{"urn:etoegang:1.9:IntermediateEntityID:KvKnr": "90004702"}),
    "a chain inside": claims(mandate=[{"urn:etoegang:1.13:IntermediateEntityID:RSIN": "1"}]),
    "an RSIN that is too short": claims(namequalifier=f"{KIND}:RSIN"),
    "an RSIN with a branch": claims(
        **{"namequalifier": f"{KIND}:RSIN", LEGAL: "123456782", BRANCH: "000012345678"}
    ),
    **{
        f"branch {branch!r}": claims(**{BRANCH: branch})
        for branch in ("1", "00001234567", "0000123456789", "00001234567x", "0000 1234567")
    },
    **{
        f"branch is {branch!r:.30}": claims(**{BRANCH: branch})
        for branch in (*STRANGE, ["000012345678"], ["000012345678"] * 2, {"v": "000012345678"})
    },
    "a limit that we do not know": claims(
        **{"urn:etoegang:1.9:ServiceRestriction:Postcode": "3521AL"}
    ),
    **{
        f"level {level!r}": claims(acr=level)
        for level in (
            *("loa3", "3", "EH3", "urn:etoegang:core:assurance-class:loa5"),
            *("urn:etoegang:core:assurance-class:LOA3", "urn:etoegang:core:assurance-class:loa3 "),
        )
    },
    # --- signed otherwise, or not at all ---
    **{
        f"unsigned, alg {alg!r}": by_hand({"alg": alg, "kid": "first"})
        for alg in ("none", "None", "NONE", "nOnE", "", None, 1, ["RS256"], "RS256", "HS256")
    },
    "signed with nothing at all": by_hand({"alg": "RS256", "kid": "first"}, b"\x00" * 256),
    "without an algorithm": by_hand({"kid": "first"}, b"x"),
    "with the public key as a secret": public_key_as_secret,
    "with a secret": client_secret,
    "by a stranger": header(lambda _: rsa_key("stranger")),
    "by a stranger with our key's name": header(lambda _: impostor("first")),
    "by a stranger of another kind with our key's name": header(
        lambda _: ec_key("first"), alg="ES256"
    ),
    "by a longer hash than agreed": header(alg="RS512"),
    "by a key that is too short": short_key,
    "by a key for encryption": key_for_encryption,
    "by one of two keys of the same name": two_keys_of_one_name,
    "by one of two keys without a name": no_name_among_two_keys,
    "when no key is published": no_keys,
    "with a part that we must understand": part_to_understand,
    "naming a key that is not there": header(kid="another"),
    "naming a key as a number": by_hand({"alg": "RS256", "kid": 1}, b"x"),
    # --- written otherwise ---
    **{
        f"bit {at} of the signature turned": rewritten(lambda t, at=at: flipped(t, at))
        for at in (0, 1, 64, 127, 255)
    },
    "another company in a signed token": rewritten(other_payload),
    "without a signature": rewritten(lambda t: t.rpartition(".")[0] + "."),
    "without its last part": rewritten(lambda t: t.rpartition(".")[0]),
    "with a fourth part": rewritten(lambda t: f"{t}.e30"),
    "as an encrypted one": rewritten(lambda t: f"{t}.e30.e30"),
    "twice": rewritten(lambda t: f"{t}{t}"),
    "in capitals": rewritten(str.upper),
    "backwards": rewritten(lambda t: t[::-1]),
    "empty": rewritten(lambda _: ""),
    "of dots": rewritten(lambda _: ".."),
    "with a sign that is none": rewritten(lambda t: t.replace(".", ".é", 1)),
    "with the header of another": rewritten(lambda t: f"e30.{t.split('.', 1)[1]}"),
    "with an empty payload": rewritten(
        lambda t: ".".join((t.split(".")[0], "e30", t.split(".")[2]))
    ),
    # --- an answer that is none ---
    **{
        f"answer {status}": answer(status)
        for status in (201, 204, 302, 400, 401, 403, 404, 500, 503)
    },
    **{
        f"answer {body!r:.20}": answer(body=body)
        for body in (b"", b"null", b"[]", b"0", b'"x"', b"{", b"<html>", b"\xff\xfe", b"{}")
    },
    "answer of open brackets": answer(body=b"[" * 100_000),
    "no ID token": answer(id_token=None),
    "an ID token that is an object": answer(id_token={"alg": "none"}),
    "an ID token that is a list": answer(id_token=["x"]),
    "no access token": answer(access_token=None),
    "an access token that is a number": answer(access_token=1),
    # --- a broker that is another ---
    "published for another issuer": published(issuer="https://broker.example"),
    "published without an issuer": published(issuer=None),
    "published without keys' address": published(jwks_uri=None),
    "published with an address that is none": published(token_endpoint="token"),
    "published with a file": published(token_endpoint="file:///etc/passwd"),
    **{
        f"published with {address!r:.20}": published(token_endpoint=address)
        for address in (
            *("https://", "https://[", "https://\x00/", "javascript:alert(1)"),
            "ftp://127.0.0.1/",
        )
    },
    "published with a list": published(jwks_uri=["http://127.0.0.1/jwks"]),
}
"""By name; a token of any of them may never be accepted."""
