"""The same question asked by Django's form wizard, with its answers in a signed cookie, under one gunicorn worker."""

import os

import django
from django import forms
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Where should we come?</title>
<meta name="viewport" content="width=device-width"></head><body><header>Eastmere Borough Council</header><main>
<h1>Where should we come?</h1><p>Question {{ wizard.steps.step1 }} of at most {{ wizard.steps.count }}</p><form method="post">
{% csrf_token %}{{ wizard.management_form }}{{ wizard.form.as_p }}<button>Continue</button></form></main>
<footer><a href="/">Home</a></footer></body></html>"""
settings.configure(
    SECRET_KEY=os.urandom(32).hex(),
    ALLOWED_HOSTS=["*"],
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
    ],
    INSTALLED_APPS=["django.contrib.sessions", "formtools"],
    SESSION_ENGINE="django.contrib.sessions.backends.signed_cookies",
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {"loaders": [("django.template.loaders.locmem.Loader", {"page.html": PAGE})]},
        }
    ],
)
django.setup()

from formtools.wizard.views import SessionWizardView  # noqa: E402  # needs the settings above


class WizardHomeForm(forms.Form):
    """The address of a home, as the demonstration borough asks for it."""

    home = forms.CharField(max_length=200, help_text="The house and the postcode.")


class TellForm(forms.Form):
    """A second step, so that the first leads on."""

    tell = forms.CharField(required=False)


class HomeWizard(SessionWizardView):
    """Two steps; the first is the one measured."""

    form_list = (WizardHomeForm, TellForm)
    template_name = "page.html"

    def done(self, form_list: object, **more: object) -> HttpResponse:
        return HttpResponse("done")


def ready(request: HttpRequest) -> HttpResponse:
    """Answer that the server is up."""
    return HttpResponse("ready")


urlpatterns = [path("ask/home", HomeWizard.as_view()), path("", ready)]
app = get_wsgi_application()
