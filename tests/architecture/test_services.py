"""Rules of the services: the right stands on the use case, and the door is opened once."""

import ast

from tests.harness.sources import (
    PORTAL,
    Function,
    named,
    public_functions,
    python_files,
    told,
    tree,
)

SERVICES = PORTAL / "services"

PARTS_OF_USE_CASES = {
    "access_letters.tell_of_change": "changing a role tells whoever holds it in its transaction",
    "access_letters.tell_of_resumption": "whose role opens again is told in the same transaction",
    "access_letters.tell_of_return": "giving a role back tells whoever has it in its transaction",
    "access_letters.tell_of_suspension": "whose role is suspended is told in the same transaction",
    "access_letters.tell_of_end": "whatever ends a role tells whoever held it",
    "access_limits.has_room": "appointing, accepting and eHerkenning count the same places",
    "access_limits.is_active": "appointing and accepting ask whether the capacity is on",
    "access_limits.take": "whatever changes access takes the organisation first",
    "access_limits.taken": "the page of access and its changes count the same places",
    "access_limits.waits": "what can still be accepted is counted and taken back",
    "access_review_rounds.open_for": "the first page asks for what waits for the reader",
    "address_applications.have_confirmed": "what comes of an identity that two established",
    "address_applications.tell": "what comes of an identity that two established",
    "accounts.make_with_temporary": "a personal account and one of a company begin alike",
    "accounts.refuse_taken": "a personal account and one of a company need a free address",
    "activation_codes.issue": "what comes of an identity that two established",
    "addresses.is_taken": "a new address is judged when it is agreed to and when it counts",
    "addresses.move": "a profile and an application change an address alike",
    "application_replies.answered": "use cases judge whose it is: by the key, or signed in",
    "application_replies.withdrawn": "idem",
    "application_timeline.timeline": "idem",
    "applications.by_key": "the timeline and a confirmation are opened with a mailed key",
    "applications.change": "taking over and sending again move no state",
    "applications.may_decide": "the queue and the record show what one decides",
    "applications.move": "every use case of an application goes on in this one way",
    "applications.open_asking": "what staff give is what an application asks for",
    "applications.open_one": "every use case of staff names the application it works on",
    "applications.submit": "every kind of application comes in alike",
    "applications.tell_of_change": "what a timeline says anew is mailed where no letter says it",
    "applications.write_to_applicant": "every letter to an applicant carries the timeline",
    "appointing.found": "a role is looked at before it is changed as before it ends",
    "appointing.giver": "another role is given by whoever could have appointed to it",
    "appointing.invite": "a successor is named as others are appointed",
    "appointing.judge_end": "whoever changes a role ends it first",
    "appointing.refuse_what_the_fund_suspended": "a company leaves that as it is, whatever it does",
    "appointing.taken": "a role is changed or ended once its organisation was taken",
    "authenticator_apps.end_all": "two of the staff took a lost app away",
    "authenticator_apps.shown": "a proof uses a code of the app up in its own transaction",
    "blocking.standing": "the phone desk tells it among what else may be told",
    "candidate_import_progress.write_batch": "the import writes its rows batch by batch",
    "candidate_record.tries_of": "reads for the use cases of a candidate and its timeline",
    "candidate_selection.find": "finding a page is most of the overview, and has a file of its own",
    "candidates.count_each": "tabs and what asks attention are counted in one statement",
    "company_accounts.issue_anew": "new codes are mailed in the transaction that two agree in",
    "company_accounts.waiting_of": "what activates an account finds it before any grant",
    "counting.count_tabs": "every list counts its tabs alike",
    "bank_account_letters.ask": "an account that waits is mailed in the transaction that enters it",
    "bank_account_letters.tell_of_change": "a confirmed account is told in the same transaction",
    "bank_account_letters.tell_of_contact": "other contact details are told where they change",
    "bank_account_letters.tell_of_refusal": "a refused account is told in the same transaction",
    "bank_accounts.to_confirm": "the first page counts what waits for the reader",
    "company_data.may_edit": "the page, its parts and the bank account ask the same",
    "company_data.take_turn": "every part of a company's data is changed in turns",
    "company_data.to_change": "every part of a company's data is changed by the same people",
    "company_data.version_of": "the bank account is a part of a company's data too",
    "consents.ask": "a proof asks in the transaction that keeps it",
    "consents.drop": "a proof that gives the place takes back what an older one asked",
    "consents.is_asked": "a try and its result name the same companies",
    "eherkenning_letters.tell": "a mandate tells of itself in the transaction that takes it",
    "eherkenning_letters.tell_main_ones": "they are told of a proof, or asked about one",
    "eherkenning_proofs.become_manager": "the use case of a try judges it first",
    "eherkenning_proofs.represented": "a try and its result name the same companies",
    "elsewhere.openers": "the first page and its reasons tell of the same tiles",
    "factors.app_of": "adding, removing and proving look at the same app",
    "factors.codes_left": "proving and adding count the same codes",
    "factors.locked": "whatever changes the ways of a person takes turns",
    "factors.number_of": "proving, removing and signing in count the same ways",
    "factors.owed_at_sign_in": "every way of signing in begins a session that owes the same",
    "factors.passkeys_of": "adding, removing and proving look at the same passkeys",
    "factors.refuse_last": "whatever takes a way away leaves one where one is required",
    "factors.settle": "an app and a passkey let the session go on alike",
    "factors.tell": "whatever changes a way tells the person in its own transaction",
    "grants.add": "an invitation, a member of staff and a proof give the same grant",
    "grants.close": "a grant ends in many ways, each with what rests on it",
    "grants.is_kept_from": "what the fund suspended is left alone in every way of changing it",
    "grants.is_held_back": "whoever gives a role asks whether the fund suspended one",
    "grants.take_back": "an invitation is withdrawn by its maker or with what it rests on",
    "insights.figures": "the page of the overview has its figures in the same transaction",
    "invitations.pending": "registration shows what waits in the browser",
    "invitations.settle_pending": "signing in and registering redeem what waits",
    "invitation_letters.ask_whoever_invited": "asking for another code mails in its transaction",
    "invitation_letters.tell_whoever_invited": "redeeming mails in its transaction",
    "inviting.make": "an appointment is an invitation",
    "inviting.open_one": "an appointment is an invitation",
    "inviting.resend": "an appointment is an invitation",
    "company_applications.capacities_of": "staff offer a caller what the caller could ask",
    "company_applications.capacity_for": "staff enter what a caller could ask themselves",
    "company_applications.role_for": "staff enter what a caller could ask themselves",
    "lost_factors.ask_for": "staff enter what a caller could ask themselves",
    "lost_factors.take_away": "what comes of an identity that two established",
    "phone_callers.established_at": "what may be told and done asks the same proof",
    "phone_callers.must_be_established": "what may be told and done asks the same proof",
    "phone_callers.person_of": "asking, telling and helping find the same person",
    "phone_callers.questions": "what is asked is what can be ticked",
    "phone_callers.where_held": "a person's company and a company called about lead there alike",
    "phone_callers.roles": "the question and what may be told name the same companies",
    "organisations.by_number": "inviting and importing find an organisation by its number",
    "organisations.found_or_made": "inviting makes the organisation in its own transaction",
    "organisations.in_scope": "two pages ask which of one's companies they are about",
    "organisations.sights": "several screens name organisations",
    "organisations.with_code": "the filter of the overview offers them to staff",
    "outbox.post": "a mail is written in the transaction that causes it",
    "outbox.statuses": "lists show what became of their mails",
    "passkeys.end_all": "two of the staff took a lost passkey away",
    "passkeys.shown": "a proof uses a challenge up in its own transaction",
    "password_reset.end_all": "a new password and a new address end what was mailed",
    "password_reset.finish": "every way to a new password ends what was mailed",
    "password_reset.mailed": "signing in compares with what was mailed",
    "password_reset.of_session": "a new password is judged by what opened the session",
    "password_reset.tie": "signing in remembers which session a temporary password opened",
    "password_reset.use": "signing in uses a mailed temporary password up",
    "passwords.keep": "a code by mail and a temporary password lead to the same change",
    "passwords.of_account": "a code by mail and a session are judged by the same",
    "payment_code_rows.conditions_of": "the list, its count and its export share one filter",
    "payment_code_rows.expired_batches": "the filter and the stock agree on what has expired",
    "payment_code_rows.rows_of": "the list and its export show the same of a code",
    "progress.rebuild_enrolments": "whatever changes a source rebuilds the rows with it",
    "progress.rebuild_people": "whatever changes a source rebuilds the rows with it",
    "progress.rebuild_person": "whatever changes a source rebuilds the rows with it",
    "proven_applications.settle": "a proof and the consent to one settle the same",
    "recovery_codes.end_all": "the codes end with the last way",
    "recovery_codes.made": "the first way and a new sheet make codes alike",
    "recovery_codes.made_first": "the first way of any kind brings the codes along",
    "recovery_codes.use": "a proof uses a code up in its own transaction",
    "routes.recent_routes": "a page of the list names the routes at every filter",
    "routes.routes_by_id": "the list and its filters name the routes",
    "sessions.begin": "signing in, registering and a new password begin a session",
    "sessions.end_one": "what was withdrawn ends with the session it opened",
    "sessions.end_others": "a new password ends the other sessions",
    "sessions.known_visit": "registration reads the browser's own row",
    "sessions.visit": "registration and invitations write in the browser's own row",
    "sign_in.arrival": "a proof and a new password lead on to what waited for them",
    "sign_in.entered": "signing in and registering lead to the same first page",
    "start_page.address_of": "whoever comes in arrives where they chose, or by what they may do",
    "suspensions.may_suspend": "the list offers what the use case allows",
    "second_person.is_second": "who is asked to confirm an account is who may",
    "switching.begin": "the first grant of a company switches its standard capacity on",
    "switching.bring_along": "a role and a proof bring along what carries them",
    "switching.switch_on": "managers, the fund and a role switch a capacity on alike",
    "switching.tell_holders": "a capacity that ends closes what it carried for all",
    "taking_up.give": "redeeming gives what was invited or appointed to",
    "taking_up.why_not": "showing and redeeming an invitation judge it alike",
    "verification.check": "registering and changing an address prove it alike",
    "verification.send": "registering and changing an address prove it alike",
    "verification.standing": "registering and changing an address prove it alike",
    "verification.use_up": "registering and changing an address prove it alike",
    "verification.void": "registering and changing an address prove it alike",
}
"""Functions that take `Work` and declare no right of their own: they run inside the right of
the use case that calls them. Each with why it is shared."""


def modules():
    return [path for path in python_files(SERVICES) if path.stem != "__init__"]


def declares_a_use_case(function: Function) -> bool:
    return any(ast.unparse(mark).startswith("use_case(") for mark in function.decorator_list)


def takes_work(function: Function) -> bool:
    return any(
        argument.annotation is not None and ast.unparse(argument.annotation).strip("'\"") == "Work"
        for argument in (*function.args.posonlyargs, *function.args.args)
    )


def test_every_use_case_declares_the_right_it_needs() -> None:
    open_to_all = [
        f"{path.stem}.{function.name}"
        for path in modules()
        for function in public_functions(path)
        if takes_work(function) and not declares_a_use_case(function)
        if f"{path.stem}.{function.name}" not in PARTS_OF_USE_CASES
    ]
    assert not open_to_all, told(
        open_to_all,
        "Put @use_case(Right..., writes=...) above it; or, when it is a part that use cases "
        "share, list it in PARTS_OF_USE_CASES of this file with the reason:",
    )


def test_the_list_of_shared_parts_is_true() -> None:
    there = {path.stem for path in modules()}
    shared = {
        f"{path.stem}.{function.name}"
        for path in modules()
        for function in public_functions(path)
        if takes_work(function) and not declares_a_use_case(function)
    }
    gone = [
        name
        for name in PARTS_OF_USE_CASES
        if name.partition(".")[0] in there and name not in shared
    ]
    assert not gone, told(gone, "Take it out of PARTS_OF_USE_CASES: it is a use case, or gone:")


def test_services_leave_the_door_to_the_one_door() -> None:
    doors = {"Session", "engine", "make_engine", "connect", "commit", "rollback", "begin"}
    opened = [
        f"{named(path)}:{node.lineno}: {ast.unparse(node.func)}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in doors
        and ast.unparse(node.func.value).rpartition(".")[2] in {"session", "database", "sqlmodel"}
    ]
    assert not opened, told(
        opened, "Work in `work.session`; `unit_of_work.run` begins and commits:"
    )


def test_services_look_over_all_organisations_only_where_a_rule_spans_them() -> None:
    everywhere = [
        f"{named(path)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Name) and node.id == "EVERYWHERE"
    ]
    assert not everywhere, told(everywhere, "Write `with work.everywhere():` around the one query:")
