"""Addresses of a policy's life, below `at/<establishment>/policy/`."""

from django.urls import path

from proviso.web.policies import approving, clause_pages, documents, preparing, version_views

urlpatterns = [
    path("", version_views.overview, name="policy_life"),
    path("begin/", preparing.begin, name="version_begin"),
    path("<int:number>/", version_views.version, name="version"),
    path("<int:number>/particulars/", preparing.particulars, name="version_particulars"),
    path("<int:number>/clauses/", clause_pages.clauses, name="version_clauses"),
    path("<int:number>/clauses/add/", clause_pages.add, name="clause_add"),
    path("<int:number>/clauses/<str:clause>/", clause_pages.change, name="clause_change"),
    path("<int:number>/clauses/<str:clause>/off/", clause_pages.switch_off, name="clause_off"),
    path("<int:number>/clauses/<str:clause>/restore/", clause_pages.restore, name="clause_restore"),
    path("<int:number>/consultation/", preparing.consultation, name="version_consultation"),
    path("<int:number>/description/", preparing.description, name="version_description"),
    path("<int:number>/changes/", version_views.changes, name="version_changes"),
    path("<int:number>/approvers/", approving.approvers, name="version_approvers"),
    path("<int:number>/approvers/<int:approval>/", approving.replace, name="approver_replace"),
    path("<int:number>/approve/", approving.approve, name="version_approve"),
    path("<int:number>/adopt/", approving.adopt, name="version_adopt"),
    path("<int:number>/reopen/", approving.reopen, name="version_reopen"),
    path("<int:number>/discard/", approving.discard, name="version_discard"),
    path("<int:number>/publish/", approving.publish, name="version_publish"),
    path("<int:number>/withdraw/", approving.withdraw, name="version_withdraw"),
    path("<int:number>/review/", approving.review, name="version_review"),
    path("<int:number>/<slug:name>.<slug:kind>", documents.document, name="version_document"),
]
