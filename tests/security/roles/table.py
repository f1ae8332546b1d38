"""Every role × everything that a right opens, as it must be: read it row by row.

    +  wherever the role reaches: the whole organisation, or every one for the fund's people
    c  in the capacity of the grant, and in no other
    .  refused

Where the design's matrix says something else, decision 0025 says why.
"""

from portal_app.permissions import Right, Role

TABLE = """
                              mai com acm coa con org use can mem reg loc sta des aud exa adm
tile: overview                 +   +   .   .   .   +   .   .   .   +   +   +   +   +   +   +
tile: payment codes            +   +   .   .   .   +   .   .   .   .   .   +   +   +   .   +
tile: company                  +   +   +   +   +   .   +   .   .   .   .   .   .   .   .   .
tile: access                   +   +   +   +   .   .   .   .   .   .   .   .   .   .   .   .
tile: invitations              .   .   .   .   .   .   .   .   .   .   .   +   .   .   .   +
tile: applications             .   .   .   .   .   .   .   .   .   .   .   +   +   .   .   +
candidates: see                +   +   .   .   .   +   .   .   .   +   +   +   +   +   +   +
candidates: unlink             +   +   .   .   .   +   .   .   .   .   .   +   .   .   .   +
candidates: export             +   +   .   .   .   +   .   .   .   .   +   +   .   .   .   +
payment codes: see             +   +   .   .   .   +   .   .   .   .   .   +   +   +   .   +
payment codes: export          +   +   .   .   .   +   .   .   .   .   .   +   .   .   .   +
payment codes: make inactive   .   .   .   .   .   .   .   .   .   .   .   +   .   .   .   +
company: see                   +   +   +   +   +   .   +   .   .   .   .   +   +   +   .   +
company: change                +   +   .   .   +   .   .   .   .   .   .   +   .   .   .   +
company: enter an account      +   +   .   .   +   .   .   .   .   .   .   +   .   .   .   +
company: see the account whole +   +   .   .   +   .   .   .   .   .   .   +   .   .   .   +
access: see                    +   +   +   +   .   .   .   .   .   .   .   +   .   +   .   +
access: hand over              +   .   .   .   .   .   .   .   .   .   .   .   .   .   .   .
access: appoint a co-main      +   .   .   .   .   .   .   .   .   .   .   .   .   .   .   +
access: appoint a manager      +   +   .   .   .   .   .   .   .   .   .   .   .   .   .   +
access: appoint a co-manager   +   +   c   .   .   .   .   .   .   .   .   .   .   .   .   +
access: appoint a user         +   +   c   c   .   .   .   .   .   .   .   .   .   .   .   +
access: end a user             +   +   c   c   .   .   .   .   .   .   .   .   .   .   .   +
access: raise a user           +   +   c   .   .   .   .   .   .   .   .   .   .   .   .   +
access: give a role back       +   +   c   c   .   .   .   .   .   .   .   .   .   .   .   +
access: suspend a user         +   +   c   c   .   .   .   .   .   .   .   +   .   .   .   +
access: lift a suspension      +   +   c   c   .   .   .   .   .   .   .   +   .   .   .   +
access: consent to a co-main   +   .   .   .   .   .   .   .   .   .   .   .   .   .   .   +
access: refuse a co-main       +   .   .   .   .   .   .   .   .   .   .   .   .   .   .   +
access: see its review         +   +   .   .   .   .   .   .   .   .   .   +   .   +   .   +
access: keep a role            +   +   .   .   .   .   .   .   .   .   .   .   .   .   .   +
access: sign its review off    +   +   .   .   .   .   .   .   .   .   .   .   .   .   .   +
capacities: switch on          +   +   .   .   .   .   .   .   .   .   .   .   .   .   .   +
capacities: ask                +   +   .   .   +   .   .   .   .   .   .   .   .   .   .   .
capacities: approve            .   .   .   .   .   .   .   .   .   .   .   +   .   .   .   +
capacities: end                +   +   .   .   .   .   .   .   .   .   .   .   .   .   .   +
parameters: see                +   +   c   c   .   .   .   .   .   .   .   +   .   +   .   +
parameters: set                +   +   c   c   .   .   .   .   .   .   .   .   .   .   .   +
applications: see              .   .   .   .   .   .   .   .   .   .   .   +   +   .   .   +
applications: take             .   .   .   .   .   .   .   .   .   .   .   +   +   .   .   +
applications: check identity   .   .   .   .   .   .   .   .   .   .   .   +   +   .   .   +
applications: invite           .   .   .   .   .   .   .   .   .   .   .   +   .   .   .   +
applications: give a role      .   .   .   .   .   .   .   .   .   .   .   +   .   .   .   +
invitations: see               .   .   .   .   .   .   .   .   .   .   .   +   .   .   .   +
invitations: send              .   .   .   .   .   .   .   .   .   .   .   +   .   .   .   +
accounts: make                 .   .   .   .   .   .   .   .   .   .   .   +   .   .   .   +
roles: give                    .   .   .   .   .   .   .   .   .   .   .   +   .   .   .   +
"""

COLUMNS = {
    "mai": Role.MAIN_ACCESS_MANAGER,
    "com": Role.CO_MAIN_ACCESS_MANAGER,
    "acm": Role.ACCESS_MANAGER,
    "coa": Role.CO_ACCESS_MANAGER,
    "con": Role.TRUSTED_CONTACT,
    "org": Role.ORGANISATION_MANAGER,
    "use": Role.USER,
    "can": Role.CANDIDATE,
    "mem": Role.MEMBER,
    "reg": Role.REGISTRATION_MANAGER,
    "loc": Role.LOCATION_MANAGER,
    "sta": Role.STAFF,
    "des": Role.SERVICE_DESK,
    "aud": Role.AUDITOR,
    "exa": Role.EXAMINER,
    "adm": Role.ADMINISTRATOR,
}

NOT_TRIED = {
    Right.CANDIDATES_IMPORT: "the operator imports, at the console",
    Right.PAYMENT_CODES_REDEEM: "no page redeems a code yet",
    Right.LINKS_SEE: "no page shows who came by which code yet",
    Right.ENROLMENTS_MAKE: "nobody is enrolled here yet",
    Right.SUBSIDIES_APPLY: "subsidies are not there yet, nor the right to decide about them",
}
"""Rights that no browser comes to, with why. Of four rows of the design's matrix not even the
right is there: writing results, deciding on subsidies, reading the audit trail, seeing the portal
as somebody else does. Whoever adds it is asked for a row."""


def rows() -> dict[str, dict[Role, str]]:
    """Return the table: by what is done and by role, its sign."""
    heading, *lines = TABLE.strip("\n").splitlines()
    roles = [COLUMNS[name] for name in heading.split()]
    return {line[:30].strip(): dict(zip(roles, line[30:].split(), strict=True)) for line in lines}
