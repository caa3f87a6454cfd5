"""The words by which sites print everything around an article, and the reason given for each thing removed."""

from typing import NamedTuple

import re2 as re
from django.utils.translation import gettext_lazy as _

from kb.importing.page_text.passages import INVISIBLE, Passage, plain

RULES = {
    "whitespace": _("White space between the blocks."),
    "repeated-title": _("The headline, or a repetition of it; it is kept as the headline and is not part of the body."),
    "standfirst": _("A summary printed between the headline and the byline."),
    "header-line": _("A line between the headline and the first paragraph that is neither."),
    "byline": _("Says who wrote the article; it is kept as the authors."),
    "date-line": _("Says when the page was published, changed or shown."),
    "time-ago": _("A time counted back from a moment that the capture does not name."),
    "genre-label": _("Names the kind of article or the section of the site."),
    "breadcrumb": _("The path to the page within the site."),
    "share-count": _("Counts of shares, views and comments, and buttons for sharing."),
    "reading-time": _("How long the article takes to read."),
    "site-chrome": _("Menus, buttons and notices of the site."),
    "cookie-notice": _("Asks for consent to cookies."),
    "advertisement": _("An advertisement or its label."),
    "image-credit": _("Says whose picture stood here."),
    "pull-quote": _("Repeats words of the article to catch the eye; the words are kept once, where they belong."),
    "repeated-passage": _("The same passage a second time."),
    "table-of-contents": _("Lists the headings that follow."),
    "related-articles": _("Links to other articles, or pieces of them."),
    "teaser": _("The cut beginning of another article."),
    "foreign-article": _("Another article, appended to this one."),
    "next-article": _("The title of another article after the end of this one."),
    "newsletter": _("Offers a newsletter or alerts."),
    "donation": _("Asks for money or support."),
    "app-advert": _("Offers an app or a feature of the site."),
    "comments": _("Comments, their form, or a note about them."),
    "author-card": _("Presents the author; the name is kept."),
    "tag-list": _("Lists the subjects; they are kept as tags."),
    "syndication-notice": _("Says where the article was first published; the name is kept."),
    "disclaimer": _("Says whose views these are; it counts for the genre."),
    "editor-note": _("A note of the editors about the article."),
    "source-line": _("Names a source of the whole article."),
    "credits": _("Names those who reported or edited."),
    "copyright": _("Claims rights."),
    "other-script": _("Written in another script than the article."),
    "trailing-line": _("A loose line after the end of the article."),
}


class Mark(NamedTuple):
    """What a line is by its own words: a `line` of chrome, an `opener` of a list, the `end` of the article, or nothing."""

    role: str = ""
    rule: str = ""


NO_MARK = Mark()

# Known lines longer than this are recognised by their phrases, not as a whole.
LONGEST_LABEL = 220

_NETWORK = (
    r"(?:facebook|twitter|x|whatsapp|telegram|linkedin|reddit|pinterest|instagram|youtube|tumblr|messenger|e-?mail|mail|"
    r"print|copy(?: link| url)?|link|flipboard|threads|bluesky|mastodon|viber|line|pocket|sms|rss|tiktok|vk|weibo|gmail|"
    r"share|tweet|save|like|comment|teilen|partager|compartir|اشتراک‌گذاری|شریک)"
)
_NUMBER = r"[\d٠-٩۰-۹]+(?:[.,][\d٠-٩۰-۹]+)*"
_UNIT_AGO = r"(?:s|sec|secs|seconds?|m|min|mins|minutes?|h|hr|hrs|hours?|d|days?|w|weeks?|mo|months?|y|years?)"
# "Read more" and "read also", as buttons and as headings of links.
_READ_MORE = (
    r"(?:mehr (?:lesen|erfahren)|(?:jetzt|hier) (?:weiter)?lesen|lesen sie (?:mehr|weiter)|lire plus|en savoir plus|(?:seguir|continuar|sigue|continúa) leyendo|(?:leer|saber) más|"
    r"leggi (?:tutto|di più|l'articolo)|continua a leggere|scopri di più|(?:ler|leia|saiba) mais|continue (?:a ler|lendo)|lees (?:meer|verder)|meer lezen|(?:läs|les|læs) (?:mer|mere|vidare|videre)|lue lisää|"
    r"czytaj (?:więcej|dalej)|(?:číst|čítať|čtěte|čítajte) (?:více|dále|ďalej|dál|viac)|citește mai (?:mult|departe)|(?:olvass )?tovább(?: olvasom)?|(?:прочетете|виж(?:те)?) (?:още|повече)|"
    r"читать (?:далее|дальше|полностью)|подробнее|читати (?:далі|більше)|детальніше|devamını oku|daha fazla(?:sı| oku)?|διαβάστε περισσότερα|baca (?:selengkapnya|lebih lanjut)|đọc (?:thêm|tiếp)|soma zaidi|"
    r"続きを読む|もっと(?:見る|読む)|阅读(?:更多|全文)|閱讀(?:更多|全文)|查看更多|더 ?보기|자세히 ?보기|อ่านต่อ|อ่านเพิ่มเติม|और पढ़ें|आगे पढ़ें|আরও পড়ুন|مزید پڑھیں|קרא(?:ו)? עוד|להמשך קריאה|"
    r"(?:pročitaj|čitaj|preberi) (?:više|dalje|več)|opširnije|lexo më shumë|прочитај повеќе|loe edasi|skaityti (?:daugiau|toliau)|lasīt (?:vairāk|tālāk))"
)
_READ_ALSO = (
    r"(?:lesen sie auch|lies auch|(?:läs|les|læs) (?:också|även|også)|lue myös|lees ook|czytaj (?:też|także|również)|(?:čtěte|čítajte|přečtěte si) (?:také|též|tiež|i)|citește și|olvasd el(?: ezt is)?|прочетете (?:още|също)|"
    r"читайте (?:также|ещё|еще|також)|διαβάστε (?:επίση[ςσ]|ακόμη|και)|baca juga|xem thêm|ayrıca oku(?:yun)?|bunu da oku(?:yun)?|(?:pročitajte|čitajte) (?:i|još|također)|preberite tudi|lexo edhe|यह भी पढ़ें|"
    r"আরও পড়ুন|یہ بھی پڑھیں|קראו גם|あわせて読みたい|関連記事|相关阅读|延伸閱讀|관련 ?기사|อ่านเพิ่มเติม|soma pia)"
)
_HOME = (
    r"(?:home|homepage|startseite|start|accueil|inicio|portada|خانه|صفحه اصلی|صفحه نخست|الرئيسية|کور|کور پاڼه|главная)"
)

# Each entry: role, rule, patterns for a whole line in lower case with straight quotation marks.
_LABELS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "end",
        "comments",
        (
            rf"comments?(?: ?[(\[]? ?{_NUMBER} ?[)\]]?)?|{_NUMBER} comments?(?: on .{{1,160}})?|no comments?(?: yet| so far| found)?|0 comments?|comments? (?:are |is )?(?:closed|off|disabled|not allowed|turned off|section|policy).{{0,60}}|comments? \(.{{0,12}}\)",
            r"(?:leave|post|add|write|submit|make|drop|share) (?:a|your|the first|us a|you) (?:comment|reply|response|thoughts?|opinion).{0,60}|leave (?:a )?(?:reply|comment)s?.{0,60}|(?:cancel|post) (?:reply|comment)|reply|replies|be the first.{0,60}|join the (?:conversation|discussion|debate).{0,40}|start the (?:conversation|discussion)|(?:view|show|read|see|hide|load|all|reader|readers'|recent|top|newest|oldest|most liked)(?: all| the| more)?(?: \d+)? comments?(?: .{0,20})?|have your say.{0,40}|what do you think\??.{0,40}|what are your thoughts.{0,60}|your (?:comment|opinion|reply|view|name|thoughts).{0,40}",
            r"please (?:enter|leave|write|log ?in|sign ?in|type|add|register)[^.]{0,20}(?:comment|name|email|e-mail|reply|website|to comment).{0,60}|your e-?mail address will not be published.{0,80}|required fields are marked.{0,20}|save my name.{0,120}|name ?\*?|e-?mail ?\*|website ?\*?|(?:you must|you need to) be logged ?in.{0,60}|log ?in to (?:comment|reply|leave).{0,40}|sign ?in to (?:comment|reply|join).{0,40}|notify me of .{0,80}|you have entered an incorrect .{0,60}|this site uses akismet.{0,80}",
            r"kommentare?(?: ?\(\d+\))?|\d+ kommentare?|kommentar (?:schreiben|verfassen|hinterlassen|abgeben).{0,30}|schreiben? (?:sie )?(?:einen|den ersten) kommentar.{0,30}|commentaires?(?: ?\(\d+\))?|\d+ commentaires?|(?:laisser|laissez|ajouter|écrire|poster) un commentaire.{0,30}|les commentaires sont fermés.{0,20}|comentarios?(?: ?\(\d+\))?|\d+ comentarios?|(?:deja|dejar|escribe|publicar|agregar) (?:un|tu) comentario.{0,30}|commenti|reacties|комментарии.{0,20}",
            r"(?:نظرات|دیدگاه‌?ها|دیدگاه ها|نظرها|نظر شما|نظرات کاربران|ارسال (?:نظر|دیدگاه)|ثبت (?:نظر|دیدگاه)|دیدگاه (?:شما|خود را).{0,30}|نظر خود را.{0,40})(?: ?\(.{1,6}\))?|تعليقات?|التعليقات?(?: ?\(.{1,6}\))?|(?:اترك|أضف|اكتب) (?:تعليق|تعليقا|تعليقًا|تعليقك|ردا|ردًا).{0,30}|تبصرې|تبصره|خپله (?:تبصره|تبصرې|نظر).{0,30}|نظرونه",
        ),
    ),
    (
        "line",
        "advertisement",
        (
            r"(?:advertisement|advertisements|advert|ad feedback|ad|ads|adverts|sponsored(?: content| post| by .{1,40})?|paid (?:content|post)|promoted(?: content)?)",
            r"(?:advertisement )?(?:story|article|content)? ?continues? (?:reading )?(?:below|after)(?: (?:this|the|advertisement|ad))*",
            r"(?:scroll|continue) (?:down )?to (?:continue|keep) reading.*|continue reading below",
            r"skip (?:this )?ad(?:vertisement)?.*|remove ads|report (?:this )?ad",
            r"anzeige|werbung|publicité|publicidad|pubblicità|anuncio|إعلان|إعلانات|تبلیغات|آگهی|اعلان|اعلانونه|реклама",
        ),
    ),
    (
        "line",
        "share-count",
        (
            rf"{_NUMBER} ?[km]?",
            rf"{_NUMBER} ?[km]?\+? (?:shares?|likes?|views?|reads?|retweets?|reposts?|reactions?|claps?|votes?|followers?|comments?|replies|downloads?)(?:[ |·•,/].*)?",
            rf"(?:total )?(?:shares?|likes?|views?|reads?|visits?|hits|comments?|post views|article views|page views):? ?{_NUMBER} ?[km]?",
            rf"(?:{_NUMBER} )?{_NETWORK}(?:[ ,|/·•+&]+(?:on |via |to |by |with |und |et |y )?(?:{_NETWORK}|{_NUMBER}))*",
            r"(?:share|post|tweet|send|pin|save|follow)(?: (?:this|it|the|us|on|via|by|to|with|article|story|post|page|news|a|friend|your friends|link|in|new|window)){1,6}(?: .{1,24})?",
            r"(?:share|tweet|pin|send|shares|views|likes|vues|partages)+|like loading.*|like this:?|share this:?|loading\.\.\.|(?:click|tap) to (?:share|print|email|tweet).{0,60}",
            r"(?:follow|like|find|join) (?:us|me) (?:on|at|in|via).{0,80}|follow us|follow|following",
            r"(?:auf|artikel) .{0,20}teilen|teilen auf .{1,20}|partager (?:sur .{1,20}|cet article)|compartir (?:en .{1,20}|este artículo)|اشتراک گذاری|به اشتراک بگذارید|شارك(?: المقال| الخبر)?|مشاركة|شریک کړئ|شیئر کریں|शेयर करें|শেয়ার করুন|공유(?:하기)?|シェア(?:する)?|分享到?|udostępnij|paylaş|condividi|compartilhar|delen|dela|del|jaa|поделиться|поділитися|сподели|sdílet|zdieľať|megosztás|distribuie|bagikan|kongsi|chia sẻ|κοινοποίηση|podijeli|podeli|שתף|שתפו",
        ),
    ),
    (
        "line",
        "reading-time",
        (
            rf"(?:about |est\.? |estimated )?{_NUMBER}(?: to {_NUMBER}|-{_NUMBER})?[ -]?(?:min|mins|minutes?)[ -](?:read|reading|listen|watch)(?: time)?",
            r"(?:estimated )?(?:reading|read|listening) time:? .{0,30}",
            rf"lesezeit:? .{{0,20}}|(?:lecture|leestijd|lästid|læsetid|lesetid|lukuaika|tempo di lettura|lettura|tempo de leitura|leitura|lectura|czas czytania|okuma süresi|время чтения|час читання|doba čtení|olvasási idő|timp de citire|χρόνος ανάγνωσης|thời gian đọc|waktu baca|पढ़ने का समय|阅读时间|読了時間) ?:? ?(?:de )?{_NUMBER}.{{0,16}}|{_NUMBER} min\.? lesezeit|temps de lecture:? .{{0,20}}|tiempo de lectura:? .{{0,20}}|زمان مطالعه.{{0,20}}|وقت القراءة.{{0,20}}",
        ),
    ),
    (
        "line",
        "time-ago",
        (
            rf"(?:time|posted|updated|published|last updated)?:? ?(?:about |an? )?{_NUMBER}? ?{_UNIT_AGO} ago",
            r"just now|moments ago|today|yesterday|an hour ago|a day ago",
            rf"vor (?:{_NUMBER}|einer|einem) .{{2,10}}|il y a {_NUMBER} .{{1,10}}|hace {_NUMBER} .{{1,10}}|{_NUMBER} (?:دقیقه|ساعت|روز) (?:پیش|قبل)|(?:منذ|قبل) {_NUMBER}? ?.{{2,10}}",
        ),
    ),
    (
        "line",
        "site-chrome",
        (
            rf"{_HOME}|menu|main menu|search|search\.\.\.|search for:?|logo|site logo|.{{1,30}} logo|navigation|primary (?:menu|navigation|sidebar)",
            r"(?:toggle|open|close|show|hide) (?:navigation|menu|search|sidebar|main menu|caption|modal|dialog|options)|close|dismiss|ok|got it|cancel|submit|send|next page|back|go back|back to (?:top|home|news|all .{1,20})|scroll to top|to top|top",
            r"skip to .{1,30}|jump to .{1,30}|zum (?:inhalt|hauptinhalt|menü)(?: springen| wechseln)?|aller (?:au|directement au) (?:contenu|menu).{0,20}|(?:saltar|ir) al contenido.{0,20}|(?:vai|passa|salta) al contenuto.{0,20}|(?:pular|ir|saltar) para o conteúdo.{0,20}|(?:ga|spring) naar (?:de )?(?:inhoud|hoofdinhoud).{0,20}|hoppa till .{1,25}|gå til (?:hovedindhold|hovedinnhold|innhold|indhold).{0,10}|przejdź do .{1,25}|přejít k .{1,25}|перейти к .{1,25}|перейти до .{1,25}|içeriğe (?:geç|atla)|langsung ke .{1,25}|lompat ke .{1,25}|跳(?:至|到|转到)(?:主要)?内容|(?:本文|コンテンツ)へ(?:スキップ|移動)|본문(?:으로)? ?바로가기|(?:انتقل|تخطي|تجاوز) إلى المحتوى.{0,15}|(?:رفتن|پرش) به محتوا.{0,10}|דלג לתוכן.{0,15}",
            r"sign ?in|sign ?out|log ?in|log ?out|sign ?up|register|my account|account|create (?:an |a free |your )?account|subscribe(?: now| today| here)?|subscriptions?|sign in (?:or|/) (?:register|subscribe|sign up)|log in (?:or|/) .{1,30}|(?:already|not) (?:a|an) (?:subscriber|member).{0,40}|forgot (?:your )?password.*",
            r"listen|listen to (?:this|the)(?: .{1,20})?|play|pause|mute|unmute|watch|watch (?:live|now|video)|live|video|audio|photos?|gallery|slideshow|image|picture|view (?:gallery|image|photo).{0,20}|play (?:video|audio|episode)|now playing|\d{1,2}:\d{2}(?::\d{2})?(?: ?/ ?\d{1,2}:\d{2})?",
            r"print|print this.{0,20}|save|saved|bookmark(?: this)?|save (?:for later|article|story)|read later|add to (?:favorites|favourites|bookmarks|reading list)|copy link|link copied!?|copied|gift(?: this)? article|give feedback|feedback|report (?:an )?(?:error|typo|problem)|permalink|embed|cite this .{1,20}|download pdf|pdf|font size.{0,20}|text size.{0,20}|a ?a ?a|a[+-]",
            r"contact|contact us|about|about us|privacy|privacy (?:policy|notice|centre|center).{0,40}|terms|terms (?:of|&|and) (?:use|service|conditions).{0,40}|legal|imprint|impressum|datenschutz|mentions légales|aviso legal|accessibility|sitemap|site map|careers|jobs|advertise(?: with us)?|advertising|faqs?|help|help cent(?:er|re)|rss|rss feed|editorial (?:policy|standards|guidelines)|code of (?:conduct|ethics)|corrections|masthead|do not sell.{0,60}|write for us|press",
            rf"load(?:ing)?(?: more.{{0,20}}|\.\.\.)?|please wait.{{0,20}}|view (?:all|more|full|less)(?: .{{1,20}})?|see (?:all|more|less)(?: .{{1,20}})?|show (?:all|more|less)(?: .{{1,20}})?|read more|read full (?:article|story)|read the (?:full|rest).{{0,30}}|continue reading|{_READ_MORE}|more|expand|collapse|mehr anzeigen|weiterlesen|voir plus|lire la suite|ver más|leer más|بیشتر|ادامه مطلب|المزيد|اقرأ المزيد|نور ولولئ",
            r"edition|language|languages|select language|english|deutsch|français|español|العربية|عربي|فارسی|پښتو|اردو|русский|türkçe|中文",
            r"previous post next post|(?:previous|next|older|newer|prev)(?: (?:post|article|story|entry|page))?s?(?: (?:post|article|story|next|previous|older|newer|»|«|→|←))*|vorheriger (?:beitrag|artikel)|nächster (?:beitrag|artikel)|article (?:précédent|suivant)|(?:entrada|artículo) (?:anterior|siguiente)|مطلب (?:بعدی|قبلی)|المقال (?:السابق|التالي)",
            r"error.{0,60}|404|page not found|this (?:video|content|page) (?:is|can't|cannot|could).{0,60}|please enable javascript.{0,80}|javascript (?:is|must be).{0,80}|you need to enable.{0,60}",
            r"(?:enlarge|expand|view) (?:this )?(?:image|photo)|image source|image caption|media caption|caption|photo caption|hide caption|toggle caption",
            r"source|sources|via|thank you(?: for reading)?|thanks(?: for reading)?|end of (?:article|story)|the end|ends?|###|\* \* \*|---+|\*\*\*+|___+|===+|[-–—*•·|=_~#]+",
            r"this (?:is a )?(?:premium|subscriber|members?)[- ](?:only )?(?:content|article|story).{0,40}|(?:premium|exclusive|subscribers? only|free)",
            r"(?:کد|شناسه) (?:خبر|مطلب).{0,30}|رمز الخبر.{0,20}|(?:news|story|article) id.{0,20}|انتهای.?پیام.{0,10}|current progress.{0,10}|.{3,200}\(opens in (?:a )?new (?:window|tab)\)|(?:start|end) of list|list (?:\d+ of \d+|of \d+ items)(?: .{3,160})?|in this (?:issue|edition|section)|on this page|text|share (?:your|via) .{1,30}",
        ),
    ),
    (
        "line",
        "next-article",
        (
            r"(?:previous|next|prev|up next|older|newer|read next)(?: (?:post|article|story|entry|up))? ?[:|»›→←-] ?.{3,200}",
            # A guillemet that is closed on its line, or behind which a sentence ends, quotes somebody.
            r"← ?.{3,200}|.{3,200} ?→|[«‹] ?[^«»‹›]{2,200}[^«»‹›.!?…؟۔]|[^«»‹›]{2,200}[^«»‹›.!?…؟۔] ?[»›]",
            r"(?:vorheriger|nächster) (?:beitrag|artikel):? .{3,200}|article (?:précédent|suivant) ?:? .{3,200}|(?:entrada|artículo) (?:anterior|siguiente):? .{3,200}|مطلب (?:بعدی|قبلی) ?: ?.{3,200}",
        ),
    ),
    (
        "line",
        "related-articles",
        (
            r"(?:related(?: (?:article|story|news|post|reading|content|link|video|topic|coverage)s?)?|(?:read|see|watch|listen)(?: (?:also|more|next|this|too|now|here|it))?|also (?:read|see|watch)|more(?: (?:on|from|about) .{1,40})?|don't miss|do not miss|also on .{1,30}|in case you missed it|icymi|further reading|must[- ]reads?|recommended(?: reading)?|editor'?s'? picks?|you may (?:also )?like|see related|explore more|go deeper|dig deeper)"
            r"(?: ?[:|»>›→] ?| [-–—] ).{3,200}",
            r"related (?:article|video|story|gallery|content|podcast) .{3,200}",
            rf"{_READ_ALSO} ?[:|»>›→-] ?.{{3,200}}",
            r"(?:lesen sie (?:auch|mehr)|mehr zum thema|siehe auch|lire aussi|à lire(?: aussi)?|voir aussi|lea también|leer también|vea también|te puede interesar|leggi anche|leia também|lees ook) ?[:|»>›→-]? ?.{3,200}",
            r"(?:بیشتر بخوانید|همچنین بخوانید|مطالب مرتبط|مطلب مرتبط|اقرأ أيضا|اقرأ أيضًا|اقرأ المزيد|طالع أيضا|نور ولولئ|دا هم ولولئ|читайте также) ?[:|»>›→-] ?.{3,200}",
        ),
    ),
    (
        "opener",
        "related-articles",
        (
            r"related|related (?:articles?|stor(?:y|ies)|posts?|news|content|topics?|reading|links?|coverage|videos?|items?|reports?|publications?|research)",
            r"(?:you|we think you|readers) (?:may|might|will|could|should|would)(?: also| probably)? (?:like|love|enjoy|be interested in|want to read)(?: .{1,20})?",
            r"recommended(?: for you| stories| articles| reading| posts| videos| by .{1,20})?|recommendations|suggested (?:for you|articles|stories|posts|reading)|similar (?:articles|stories|posts|news)",
            r"more (?:from|in|by|on this|about this|like this|to (?:read|explore)|stories|news|articles|posts|headlines|coverage|top stories|videos|related)(?: .{1,40})?|more from .{1,40}|best of .{1,40}|latest (?:from|in|on) .{1,40}",
            r"(?:read|see|watch|explore|view) (?:more|next|also)(?: (?:stories|articles|news|on|about|from|here).{0,40})?|also read|also see|up next|keep reading|what to read next|read this next|next up|further reading|must[- ]reads?|don't miss|do not miss|in case you missed it|icymi|see also|go deeper",
            r"(?:editor'?s?'?|our|staff|top) picks?|editor'?s choice|from (?:around )?the web|around the web|sponsored (?:stories|links|content from .{1,30})|from our (?:partners|network|archive|sponsors)|paid partner content|promoted (?:stories|links)|you may have missed",
            r"popular|popular (?:now|posts?|stories|articles|news|reads|on .{1,20})|most (?:popular|read|viewed|shared|commented|recent|watched|discussed|emailed)(?: .{1,30})?",
            r"trending|trending (?:now|stories|topics|news|articles|today|posts|on .{1,20})|what's (?:trending|hot|new)|hot (?:topics|stories|news)",
            r"latest|the latest|latest (?:stories|news|posts?|articles?|updates?|headlines|videos?|analysis|reports?|issue|episodes?|press releases|publications|opinion)|recent (?:posts?|articles?|stories|news|comments|headlines)|newest(?: .{1,20})?",
            r"top (?:stories|news|headlines|posts|articles|videos|reads)(?: .{1,20})?|breaking(?: news)?|today's (?:headlines|top stories|news|paper|picks)|in other news|other (?:news|stories|articles|headlines)|(?:news )?headlines|featured(?: (?:stories|articles|posts|news|videos?|content))?|happening now|news in brief|live updates|in the news|in pictures",
            _READ_ALSO,
            r"mehr zum thema|mehr (?:aus|von|zu|artikel|nachrichten).{0,40}|weitere (?:artikel|meldungen|nachrichten|themen|beiträge).{0,20}|verwandte (?:artikel|themen|beiträge)|ähnliche (?:artikel|beiträge)|das könnte (?:sie|dich|ihnen) auch .{4,20}|meistgelesen(?:e.{0,20})?|lesen sie auch|auch interessant|neueste (?:artikel|beiträge|nachrichten)|aktuelle (?:meldungen|nachrichten)|schlagzeilen",
            r"(?:à )?lire aussi|voir aussi|sur le même (?:sujet|thème)|articles? (?:similaires?|liés?|associés?|récents|recommandés)|les plus (?:lus|récents|populaires|consultés)|vous (?:aimerez|pourriez aimer|aimeriez) aussi|à la une|dernières (?:nouvelles|actualités|infos)|nos derniers articles",
            r"noticias (?:relacionadas|recientes|destacadas)|artículos (?:relacionados|recientes)|(?:te|le) puede interesar|(?:también )?te puede interesar|lo más (?:leído|visto|reciente)|más (?:noticias|leídas|leídos|sobre .{1,30}|información)|últimas noticias|lea también|leer también|contenido relacionado",
            r"(?:مطالب|اخبار|مقالات|خبرهای|نوشته‌های|نوشته های) (?:مرتبط|مشابه|پیشنهادی|بیشتر)|پربازدید(?:ترین)?.{0,20}|پربیننده(?:‌| )?ترین.{0,20}|آخرین (?:اخبار|مطالب|خبرها)|تازه(?:‌| )?ترین.{0,20}|بیشتر بخوانید|همچنین بخوانید|از همین نویسنده|پیشنهاد سردبیر",
            r"(?:مقالات|أخبار|مواضيع|مواد|قصص) (?:ذات صلة|متعلقة|مشابهة)|ذات صلة|اقرأ (?:أيضا|أيضًا|أيضاً|المزيد)|الأكثر (?:قراءة|مشاهدة|تداولا)|آخر الأخبار|أحدث (?:الأخبار|المقالات)|قد يعجبك أيضا|موضوعات مقترحة",
            r"اړوند (?:خبرونه|مطالب|لیکنې)|نور (?:خبرونه|مطالب|لیکنې)|وروستي خبرونه|ډېر لوستل شوي|читайте также|похожие (?:статьи|новости)|последние новости|leggi anche|articoli correlati|leia (?:também|mais)|lees ook|gerelateerd.{0,20}",
        ),
    ),
    (
        "opener",
        "table-of-contents",
        (
            r"(?:table of )?contents|in this (?:article|story|report|post|piece)|inhalt(?:sverzeichnis)?|sommaire|índice|فهرست(?: مطالب)?|المحتويات",
        ),
    ),
    (
        "line",
        "newsletter",
        (
            r"unlock .{3,60} for free|newsletters?|(?:our|the|daily|weekly|morning|free) newsletters?.{0,30}|stay (?:informed|connected|updated|up to date|in touch|ahead).{0,60}",
            r"(?:sign up|subscribe|register|join)(?: now| today| here| free)? (?:for|to|and get|and receive|us|our|the)(?: .{1,120})?",
            r"(?:get|receive|want)(?: all)?(?: of)?(?: our| the| your| a| more)? .{0,60}(?:newsletter|inbox|briefing|alerts|in your e-?mail|delivered)(?: .{0,60})?",
            r"(?:enter )?your e-?mail(?: address)?.{0,40}|e-?mail address.{0,20}|(?:i|we) agree to .{4,160}|i have read and .{4,120}|no spam.{0,60}|unsubscribe.{0,60}|you can unsubscribe.{0,80}|invalid email.{0,40}|success!?(?: .{0,60})?|by (?:signing up|subscribing|clicking|submitting|providing|continuing).{4,220}",
            r"newsletter (?:abonnieren|bestellen|signup|sign-?up|.{1,20})|abonnez-vous.{0,80}|inscrivez-vous.{0,80}|suscríbe(?:te|ase).{0,80}|recibe.{0,60}(?:boletín|newsletter).{0,40}|jetzt (?:abonnieren|anmelden).{0,60}|عضویت در خبرنامه.{0,40}|خبرنامه|اشترك.{0,60}|النشرة (?:البريدية|الإخبارية).{0,40}",
            r"join (?:our|the|us on) (?:telegram|whatsapp|channel|mailing list|community|newsletter|group).{0,80}|.{0,60}(?:telegram|whatsapp) (?:channel|group).{0,60}|google news.{0,60}|follow .{1,30} on google news",
        ),
    ),
    (
        "line",
        "cookie-notice",
        (
            r"(?:accept|reject|allow|decline|refuse|agree to)(?: all| only| necessary| essential| optional| non-essential| selected)*(?: cookies)?(?: and (?:close|continue))?|(?:manage|customi[sz]e|cookie|privacy|change|save|more|my)(?: (?:my|your|all))? (?:cookies?|preferences|settings|consent|options|choices)|cookies?|cookie (?:policy|notice|settings|preferences|consent)|i (?:agree|accept)|accept",
            r".{0,160}\b(?:uses?|using|use of) cookies.{0,200}|we value your privacy.{0,100}|we and our (?:\d+ )?partners.{0,200}",
            r"alle(?: cookies)? akzeptieren|(?:wir|diese (?:website|seite)) .{0,40}cookies.{0,160}|(?:tout )?(?:accepter|refuser)(?: tout| les cookies)?|nous utilisons des cookies.{0,160}|aceptar(?: todas?| todo)?(?: las cookies)?|(?:usamos|utilizamos) cookies.{0,160}",
        ),
    ),
    (
        "line",
        "donation",
        (
            r"(?:donate|donation|donations|donate (?:now|today|here|to .{1,40})|make a donation|give now|give today|contribute(?: now| today)?|support us|support our (?:work|journalism|mission|reporting).{0,60}|become a (?:member|patron|supporter|donor|subscriber|sustainer).{0,60}|help us .{3,80}|buy (?:me|us) a coffee.{0,40}|fund our .{1,40}|join us today|membership|paypal.{0,40}|patreon.{0,40}|iban:? .{4,60}|bank (?:account|transfer|details).{0,80}|account (?:number|no\.?|for|name).{0,80})",
            r"jetzt (?:spenden|unterstützen).{0,40}|spenden(?: sie)?.{0,40}|unterstützen sie (?:uns|unsere).{0,60}|faire un don.{0,40}|faites un don.{0,40}|soutenez(?:-nous| .{1,40})|dona(?:r|te|ción|ciones)?(?: ahora)?|apóyanos.{0,40}|haz una donación.{0,40}|(?:کمک مالی|حمایت مالی|از ما حمایت).{0,60}|تبرع.{0,40}|ادعمنا.{0,40}|مرسته وکړئ.{0,40}",
        ),
    ),
    (
        "line",
        "app-advert",
        (
            r"(?:download|get|install|try|use|open)(?: it| the| our| this| in| free| new| .{1,30})? app(?:s|lication)?(?: now| today| here| free| on .{1,40}| for .{1,60}| from .{1,60})?|get started(?: now| today| here| for free)?(?::.{0,60})?|(?:available|get it|download it|download) (?:on|at|from) (?:the )?(?:google play|app store|google play store|play store|ios|android|apple).{0,60}|(?:the )?(?:app[- ]?store|google play|play[- ]?store|app gallery)(?:[ -]*(?:app[- ]?store|google play|play[- ]?store|badge|app gallery))*|scan (?:the|this) (?:qr )?code.{0,60}|try (?:our|the) (?:new )?(?:ai )?(?:features?|tools?|assistant).{0,40}|(?:explore|discover|see|find out|learn) what .{1,60} can do for you:?|ask (?:our )?ai.{0,40}|ai (?:summary|features|assistant|overview)|summari[sz]e(?: this)?(?: article| with ai)?|add .{1,30} to (?:your )?home screen|get (?:push )?notifications.{0,60}|turn on notifications.{0,40}|(?:enable|allow) notifications.{0,40}",
            r"(?:jetzt )?app (?:herunterladen|laden).{0,30}|télécharge[rz] (?:l'|notre )app.{0,40}|descarga (?:la|nuestra) app.{0,40}|دانلود اپلیکیشن.{0,40}|حمل التطبيق.{0,40}|تحميل التطبيق.{0,40}",
        ),
    ),
    (
        "line",
        "image-credit",
        (
            r"\(?(?:photo(?:graph|s)?|image|picture|pic|pictures|illustration|graphic|cartoon|map|chart|infographic|file photo|file|cover photo|featured image|representational image|video|foto|bild|image d'illustration|imagen|عکس|صورة|الصورة|انځور)(?: (?:credit|courtesy|source|by|via|from|illustration|credits))*(?: ?[:/|©] ?| by | via | courtesy (?:of )?)[^.!?]{2,140}\)?",
            r"(?:credit|image credit|photo credit|picture credit|crédit|créditos?|bildquelle|bildnachweis|fotocredit)s? ?:.{1,140}|.{0,200}\b(?:getty images|shutterstock|istock|istockphoto|unsplash|alamy|wikimedia commons|pixabay|pexels|flickr|depositphotos|dreamstime|adobe stock)\b.{0,60}",
            r".{2,200}©.{2,60}|.{4,200}\([^()]{0,60}\b(?:photo|image|pic|picture|file|via [^()]{2,40})\)",
            r"(?:file|representational|representative|illustrative|symbolic) (?:photo|image|picture).{0,80}|.{4,160}\((?:file )?(?:photo|image|picture|file)(?: by|:| credit| courtesy).{0,60}\)|.{4,160}\[(?:photo|image|file|courtesy).{0,60}\]",
        ),
    ),
    (
        "opener",
        "author-card",
        (
            r"(?:about|meet|from) the (?:authors?|writers?|contributors?|editors?)|about (?:me|this author)|author(?:'s)? (?:bio|profile|details|info|information)|contributors?",
            r"über (?:den autor|die autorin|die autoren)|à propos de l'auteur|l'auteur|sobre (?:el autor|la autora|los autores)|درباره نویسنده|عن الكاتب|نبذة عن الكاتب|د لیکوال په اړه",
        ),
    ),
    (
        "line",
        "author-card",
        (
            r"(?:view|see|read)(?: all| more)* (?:posts?|articles?|stories|work|columns|author archive)s?(?: by| from)?(?: .{1,60})?|more (?:posts?|articles?|stories|columns?) (?:by|from)(?: .{1,60})?|all (?:posts|articles|stories) by .{1,60}|(?:view|visit) (?:author|full)? ?(?:profile|archive|website|bio)|author (?:page|archive)|contact(?: the)? author.{0,40}|email the author.{0,40}",
        ),
    ),
    (
        "line",
        "credits",
        (
            r"dieses thema im programm:? .{3,160}|(?:dieses thema im .{2,30}: ?)?(?:über dieses thema|darüber) berichtete(?:n)? .{3,160}|责任编辑 ?[:：].{1,30}|(?:编辑|责编|校对|审核|作者|记者) ?[:：] ?.{1,30}|（?(?:责任编辑|编辑|完)[:：]?.{0,20}）?",
            r"\(?(?:additional |with )?(?:reporting|writing|editing|edited|compiled|research|translation|translated|produced|graphics?|additional reporting|fact[- ]check(?:ed|ing)|contributed) by .{3,220}|.{3,120} contributed (?:to )?(?:this|reporting).{0,60}|(?:with|includes?|with additional) (?:inputs?|reporting|files|material|information) (?:from|by) .{2,100}|redaktion:? .{2,60}|traduction ?:? .{2,60}|traducción ?:? .{2,60}|مترجم ?:.{2,60}|ترجمة ?:.{2,60}",
        ),
    ),
    (
        "line",
        "copyright",
        (
            r"(?:©|\(c\)|copyright\b|copyrights\b|کپی‌?رایت|حقوق النشر).{0,200}|.{0,160}\ball rights reserved\b.{0,100}|.{0,80}alle rechte vorbehalten.{0,60}|.{0,80}tous droits réservés.{0,60}|.{0,80}todos los derechos reservados.{0,60}|.{0,80}(?:جميع الحقوق محفوظة|کلیه حقوق|تمامی حقوق|تمام حقوق|ټول حقوق).{0,100}|.{0,100}\bmay not be (?:published|reproduced|republished).{0,160}|powered by .{2,40}|(?:proudly )?(?:designed|developed|built|hosted) by .{2,40}|creative commons.{0,120}|licensed under .{3,100}|issn:? .{4,30}",
        ),
    ),
)


class _LabelBook:
    """All labels in one pattern, so that a line is compared with every phrase in one linear pass."""

    def __init__(self, labels):
        self._marks = [Mark(role, rule) for role, rule, _ in labels]
        groups = (f"(?P<g{index}>{'|'.join(patterns)})" for index, (_, _, patterns) in enumerate(labels))
        options = re.Options()
        options.max_mem = 256 << 20
        options.never_capture = False
        self._pattern = re.compile("|".join(groups), options=options)

    def look_up(self, line: str) -> Mark:
        match = self._pattern.fullmatch(line)
        return self._marks[next(i for i, text in enumerate(match.groups()) if text is not None)] if match else NO_MARK


_BOOK = _LabelBook(_LABELS)

# Asking, not telling: sentences by which the site speaks of itself to its reader.
_APPEAL = re.compile(
    r"\b(?:daily|weekly|monthly|morning|free) newsletters?\b|\bour (?:newsletters?|app|journalism|readers?|website|site|telegram|whatsapp|channel|work|mission|reporting|reporters|coverage|privacy policy|terms|partners|team|services?|(?:\w+ )?content|community)\b"
    r"|\b(?:sign|signing) up (?:for|to|today|now|here)\b|\bsubscrib(?:e|ing) (?:to|now|today|for|here)\b|\bunsubscribe\b|\bclick (?:here|below|on the|the (?:link|button))\b"
    r"|\b(?:donate|donation|your (?:support|donation|contribution|gift|help|generosity)|every (?:contribution|donation|gift)|support(?:ing)? (?:us|our|independent)|consider (?:supporting|donating|making|becoming)|(?:one-off|regular|monthly|recurring) (?:amount|donation|contribution|gift)|join us|help us|become a (?:member|supporter|patron|subscriber))\b"
    r"|\b(?:download|install|open) (?:our|the|it|now)\b|\bapp stores?\b|\bgoogle play\b|\bfollow us\b|\bon (?:telegram|whatsapp|instagram)!|\bour social\b"
    r"|\byour (?:inbox|e-?mail|browser|device|preferences|privacy|experience|consent|account|subscription|app store|preferred|comments?|ad ?blocker|password|data)\b"
    r"|\b(?:uses?|using|use) cookies\b|\bcookie (?:policy|settings)\b|\bprivacy policy\b|\bterms of (?:use|service)\b|\bjavascript\b|\blog ?in\b to|\bsign in\b to|\bcreate an account\b|\bfree trial\b|\bnow available on\b|\bshare (?:this|it) with\b|\breader[- ](?:funded|supported)\b|\bcrowdfund"
    r"|\bwrite to us\b|\b(?:e-?mail|contact|message) us\b|\bdo you (?:know more|have (?:a story|a tip|more information|information))\b|\bget in touch\b"
    r"|\bunterstützen sie\b|\bspende\b|\bihre unterstützung\b|\babonnieren\b|\babonnez\b|\bvotre soutien\b|\bsoutenez\b|\bsu apoyo\b|\bsuscríb|\bملاتړ وکړئ\b|حمایت مالی|کمک مالی"
)


def look_up(passage: Passage) -> Mark:
    """What a line is by its own words alone, wherever it stands."""
    if len(passage.text) > LONGEST_LABEL:
        return NO_MARK
    line = plain(passage.text).strip(INVISIBLE + " ")
    mark = _BOOK.look_up(line)
    if mark.role:
        return mark
    bare = line.strip(" •·▪►▶→»«‹›|<>-–—:.!…*+/")
    return _BOOK.look_up(bare) if bare and bare != line else NO_MARK


def count_appeals(text: str) -> int:
    """How often a text asks its reader for something: money, an address, a click; at most four are counted."""
    found = 0
    for _match in _APPEAL.finditer(plain(text[:3000])):
        found += 1
        if found == 4:
            break
    return found
