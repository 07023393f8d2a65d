"""The staff console below /console: pages for those who have an account.

May import `messages`, `model`, `errors`, `clock`, `settings`, `links`, `understand`, `catalog`
(names of sections), `rules`, `comparing`, `answers`, `readers`, `ledger`, `reminders`, `store`,
`dispatch`, `import_kinds`, `imports`, `reply_form`, `shown_questions` and the rooms of deeds
(`sign_in`, `staff_work`, `own_work`, `collecting`, `broadcast_work`, `console_work`), and use Flask
and segno. May not hold a rule or a query, nor know LINE.

How a page is added:

1. A file `<thing>_views.py` with a class that takes the `Backstage`; each view takes a `Colleague`
   (who is signed in, in which role, and the instant), then what its address holds, and returns what
   a Flask view returns. `backstage.reading()` is a connection that only reads. A view that changes
   something calls a deed that is one transaction and writes `store.audit.note` in it, then answers
   with `door.to(endpoint, done="…")`: a redirect with 303. `AskAgain` may fly out of a view: the
   person gets its sentence, with 400. A form that keeps what was typed catches it itself.
2. A function `add_<thing>(door, backstage)` there, which calls
   `door.add("/things", "things", views.listed, roles=MAY[Right.SEE])`, and for a form that is sent
   `door.add("/things", "change_thing", views.change, roles=…, post=True)`; `most_body=` where a
   file is sent. Its line in `blueprint.PAGES`. Nothing is reachable that was not added so; a test
   asks every address in every role.
3. A template in `templates/console/` that extends `console/base.html`, names itself with
   `{% set here = "things" %}`, and has `{{ csrf() }}` in every form with method="post". No script,
   no style and no event attribute in it: the policy forbids them. htmx is there: `hx-get`,
   `hx-post`, `hx-target`, `hx-select` on what works without it too; the token goes along by itself.
4. Where it belongs in the navigation, a line in `sections.SECTIONS`, with the roles that see it.
5. Words of its changes in `audit_words.WHAT`.
"""
