"""`translate chat`: a prompt to talk to a model, and to look inside while it answers."""

import sys

from translate.cli.shared import SpeakingModel, speaker


def chat(model: SpeakingModel = None) -> None:
    """Talk to a model: translations with their genders, and what is in the memory word by word (:help)."""
    model = speaker(model)

    from translate.chat.session import Session
    from translate.terminal.console import remark
    from translate.terminal.screen import Screen

    session = Session.opened(model, Screen(), remark)
    if sys.stdin.isatty() and sys.stdout.isatty():
        from translate.chat.prompt import converse

        converse(session)
    else:
        session.answer_all(sys.stdin.buffer)
