"""What a command says of an argument of the library is what its user can type."""

from translate.cli.option_names import with_options


def test_an_argument_in_backticks_is_said_as_its_option():
    message = "`n_best` 3 needs a `beam` of at least as many (it is 1)."
    assert with_options(message) == "--n-best 3 needs a --beam of at least as many (it is 1)."
    assert with_options("`settings` takes key=value, not 'x'.") == "--set takes key=value, not 'x'."


def test_a_command_in_backticks_stays_one():
    message = "Run `translate probe --model DIR` first, and give its `out` folder."
    assert with_options(message) == "Run `translate probe --model DIR` first, and give its --out folder."
