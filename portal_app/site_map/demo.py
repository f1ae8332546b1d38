"""The pages that stand in for the world around the portal, in demo mode."""

from portal_app.brand import Module
from portal_app.gate.handlers import Audience
from portal_app.pages import (
    building_blocks,
    caught_mail,
    demo_clock,
    test_broker,
)
from portal_app.site_map.page import Page
from portal_app.state.caught_mail import CaughtMailState
from portal_app.state.demo_clock import DemoClockState

DEMO = (
    Page(
        caught_mail.PATH,
        caught_mail.caught_mail,
        "caught_mail.title",
        (CaughtMailState.load,),
        Audience.PUBLIC,
        demo_only=True,
    ),
    Page(
        "/dev/clock",
        demo_clock.demo_clock,
        "demo_clock.title",
        (DemoClockState.load,),
        Audience.PUBLIC,
        demo_only=True,
    ),
    Page(
        test_broker.PATH,
        test_broker.test_broker,
        "eherkenning.test_title",
        audience=Audience.PUBLIC,
        demo_only=True,
        module=Module.EHERKENNING,
    ),
    Page(
        building_blocks.PATH,
        building_blocks.building_blocks,
        "shell.building_blocks",
        audience=Audience.PUBLIC,
        demo_only=True,
    ),
)
