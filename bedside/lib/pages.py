"""Making a page: the Jinja2 environment, `render` for a page or one of its blocks, and the error pages."""

import hashlib
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.backends.utils import csrf_input_lazy, csrf_token_lazy
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from jinja2 import Environment, StrictUndefined
from jinja2_fragments import render_block

from bedside.lib import words


def environment(**options: Any) -> Environment:
    """Build the environment of all our templates."""
    options["undefined"] = StrictUndefined
    env = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], trim_blocks=True, lstrip_blocks=True, **options)  # noqa: S701  autoescape is set in settings
    env.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext, translation.ngettext, newstyle=True, pgettext=translation.pgettext
    )
    env.globals.update(
        signs=Parts(env, "parts/signs.html"),
        static=static,
        url=url,
        get_language=translation.get_language,
        languages=settings.LANGUAGES,
        messages_of=get_messages,
    )
    env.filters.update(words.FILTERS)
    return env


class Parts:
    """The macros of a template, loaded when the first of them is used; a block rendered alone has them too.

    Those of SAME say the same whenever they are asked the same in one language, so they are asked once: a page of the
    inbox has two hundred of them. They show nothing of anybody.
    """

    SAME = frozenset({"icon", "sign", "mark", "badge", "stars", "dial", "state", "room"})

    def __init__(self, env: Environment, template: str) -> None:
        self._env, self._template = env, template
        self._said = lru_cache(maxsize=4096)(self._say)

    def __getattr__(self, name: str) -> Any:
        if name not in self.SAME or self._env.auto_reload:
            return getattr(self._env.get_template(self._template).module, name)

        def again(*args: Any) -> str:
            return self._said(name, translation.get_language(), args)

        setattr(self, name, again)
        return again

    def _say(self, name: str, _language: str, args: tuple[Any, ...]) -> str:
        said: str = getattr(self._env.get_template(self._template).module, name)(*args)
        return said


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """Return the path of a named page."""
    return reverse(name, args=args, kwargs=kwargs) if args or kwargs else _fixed(name)


@cache
def _fixed(name: str) -> str:
    return reverse(name)


@cache
def static(path: str) -> str:
    """Return the address of a static file, with the hash of its content, so that it can be cached for ever."""
    found = finders.find(path)
    if not found:
        raise FileNotFoundError(f"There is no static file {path}.")
    with open(str(found), "rb") as file:
        return f"/static/{path}?v={hashlib.sha256(file.read()).hexdigest()[:10]}"


def render(
    request: HttpRequest, template: str, context: dict[str, Any], *, block: str = "", status: int = 200
) -> HttpResponse:
    """Answer with the page, or with one of its blocks for htmx."""
    context |= {"request": request, "csrf_input": csrf_input_lazy(request), "csrf_token": csrf_token_lazy(request)}
    env: Environment = engines["jinja2"].env  # type: ignore[attr-defined]
    page = env.get_template(template)
    text = render_block(env, template, block, **context) if block else page.render(**context)
    return HttpResponse(text, status=status)


def error_page(request: HttpRequest, status: int, *, title: str, text: str, code: str = "") -> HttpResponse:
    """Say what happened and one thing to do."""
    return render(request, "error.html", {"title": title, "text": text, "code": code, "status": status}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    text = _("Your browser sent something this page does not understand. Go back and try again.")
    return error_page(request, 400, title=_("That did not arrive as it should"), text=text)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    text = _("Your role does not include this. Ask the owner of your organisation if you need it.")
    return error_page(request, 403, title=_("This is not yours to see"), text=text)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    text = _("Nothing is here, or it belongs to another organisation.")
    return error_page(request, 404, title=_("There is no such page"), text=text)


def too_many(request: HttpRequest) -> HttpResponse:
    """Answer 429; allauth finds it as `handler429` in `bedside.urls`."""
    text = _("Too many tries came from here in a short time. Wait a few minutes, then try again.")
    return error_page(request, 429, title=_("Wait a moment"), text=text)


def too_large(request: HttpRequest, text: str) -> HttpResponse:
    return error_page(request, 413, title=_("That is too large"), text=text)


def failed(request: HttpRequest) -> HttpResponse:
    text = _("Something went wrong on our side. Nothing you had saved is lost. Try again.")
    return error_page(request, 500, title=_("This page could not be made"), text=text)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    text = _("This form was open too long, or cookies are switched off. Go back, reload the page and send it again.")
    return error_page(request, 403, title=_("This form is no longer valid"), text=text)
