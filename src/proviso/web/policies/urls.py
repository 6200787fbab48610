"""Addresses of a policy's life, below `schools/<establishment>/policy/`."""

from django.urls import path

from proviso.web.policies import approving, clause_pages, comparing, documents, preparing, version_views

app_name = "policies"
urlpatterns = [
    path("", version_views.overview, name="overview"),
    path("begin/", preparing.begin, name="begin"),
    path("<int:number>/", version_views.version, name="version"),
    path("<int:number>/particulars/", preparing.particulars, name="particulars"),
    path("<int:number>/clauses/", clause_pages.clauses, name="clauses"),
    path("<int:number>/clauses/add/", clause_pages.add, name="clause_add"),
    path("<int:number>/clauses/<str:clause>/", clause_pages.change, name="clause_change"),
    path("<int:number>/clauses/<str:clause>/off/", clause_pages.switch_off, name="clause_off"),
    path("<int:number>/clauses/<str:clause>/restore/", clause_pages.restore, name="clause_restore"),
    path("<int:number>/clauses/<str:clause>/<slug:part>/", clause_pages.part, name="clause_part"),
    path("<int:number>/consultation/", preparing.consultation, name="consultation"),
    path("<int:number>/description/", preparing.description, name="description"),
    path("<int:number>/changes/", version_views.changes, name="changes"),
    path("<int:number>/compare/", comparing.compare, name="compare"),
    path("<int:number>/findings/", comparing.findings_of, name="findings"),
    path("<int:number>/approvers/", approving.approvers, name="approvers"),
    path("<int:number>/approvers/<int:approval>/", approving.replace, name="approver_replace"),
    path("<int:number>/approve/", approving.approve, name="approve"),
    path("<int:number>/question/", approving.question, name="question"),
    path("<int:number>/questions/<int:question>/", approving.answer, name="answer"),
    path("<int:number>/adopt/", approving.adopt, name="adopt"),
    path("<int:number>/reopen/", approving.reopen, name="reopen"),
    path("<int:number>/discard/", approving.discard, name="discard"),
    path("<int:number>/publish/", approving.publish, name="publish"),
    path("<int:number>/withdraw/", approving.withdraw, name="withdraw"),
    path("<int:number>/review/", approving.review, name="review"),
    path("<int:number>/<slug:name>.<slug:kind>", documents.document, name="document"),
]
