"""Public addresses; they are fixed, since people and programs outside rely on them.

Pages and feeds have one address in each language, with its code in front of all but the first language's; what programs ask
for has one address.
"""

from django.urls import path, register_converter

from kb.api import annotations
from kb.web import challenge, embedding, feeds, health, lists, maps, references, search, views
from kb.web.addresses import ReferenceForm, UnicodeSlug

register_converter(UnicodeSlug, "words")
register_converter(ReferenceForm, "form")

app_name = "kb"
urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("articles/", lists.ArticleList.as_view(), name="article-list"),
    path("articles/<words:slug>/", views.ArticleDetail.as_view(), name="article"),
    path("articles/<words:slug>/feed.atom", feeds.OfArticle.as_view(), name="article-feed"),
    path("claims/", lists.ClaimList.as_view(), name="claim-list"),
    path("claims/<int:pk>/", views.ClaimDetail.as_view(), name="claim"),
    path("claims/<int:pk>/card/", embedding.ClaimCard.as_view(), name="claim-card"),
    path("claims/<int:pk>/feed.atom", feeds.OfClaim.as_view(), name="claim-feed"),
    path("sources/", lists.SourceList.as_view(), name="source-list"),
    path("sources/<words:slug>/", views.SourceDetail.as_view(), name="source"),
    path("sources/<words:slug>/feed.atom", feeds.OfSource.as_view(), name="source-feed"),
    path("people/<words:slug>/", views.PersonDetail.as_view(), name="person"),
    path("people/<words:slug>/feed.atom", feeds.OfPerson.as_view(), name="person-feed"),
    path("topics/", lists.TopicList.as_view(), name="topic-list"),
    path("topics/<words:slug>/", views.TopicDetail.as_view(), name="topic"),
    path("topics/<words:slug>/feed.atom", feeds.OfTopic.as_view(), name="topic-feed"),
    path("corrections/", lists.CorrectionList.as_view(), name="correction-list"),
    path("corrections/<int:pk>/", views.CorrectionDetail.as_view(), name="correction"),
    path("timeline/", lists.TimelineList.as_view(), name="timeline"),
    path("forecasts/", views.Forecasts.as_view(), name="forecasts"),
    path("challenge/", challenge.Desk.as_view(), name="challenge"),
    path("challenge/<slug:reference>/", challenge.Followed.as_view(), name="challenge-followed"),
    path("search/", search.Search.as_view(), name="search"),
    path("search/feed.atom", search.SearchFeed.as_view(), name="search-feed"),
    path("method/", views.Method.as_view(), name="method"),
    path("feeds/articles.atom", feeds.Articles.as_view(), name="feed-articles"),
    path("feeds/corrections.atom", feeds.Corrections.as_view(), name="feed-corrections"),
]

programs = [
    path("articles/<words:slug>/annotations/", annotations.OfArticle.as_view(), name="article-annotations"),
    path("articles/<words:slug>/citation.<form:form>", references.CiteArticle.as_view(), name="article-citation"),
    path(
        "articles/<words:slug>/references.<form:form>", references.CitedByArticle.as_view(), name="article-references"
    ),
    path("claims/<int:pk>/citation.<form:form>", references.CiteClaim.as_view(), name="claim-citation"),
    path("claims/<int:pk>/references.<form:form>", references.CitedForClaim.as_view(), name="claim-references"),
    path("annotations/", annotations.All.as_view(), name="annotation-list"),
    path("annotations/<uuid:uid>/", annotations.One.as_view(), name="annotation"),
    path("oembed/", embedding.OEmbed.as_view(), name="oembed"),
    path("sitemap.xml", maps.contents, name="sitemap"),
    path("sitemap-<slug:section>.xml", maps.section, name="sitemap-section"),
    path("robots.txt", maps.Robots.as_view(), name="robots"),
    path("livez", health.livez, name="livez"),
    path("readyz", health.readyz, name="readyz"),
]
