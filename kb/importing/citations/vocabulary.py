"""The words by which a text says who says so: plain data, English, lower case."""

from kb.text.words import word_set

# Verbs that attribute whatever follows, in every finite form and the participles.
SAYING = word_set(
    "say says said saying report reports reported reporting note notes noted noting write writes wrote written writing "
    "argue argues argued arguing assert asserts asserted asserting claim claims claimed claiming contend contends contended "
    "explain explains explained highlight highlights highlighted highlighting stress stresses stressed "
    "emphasize emphasizes emphasized emphasise emphasises emphasised underline underlines underlined "
    "underscore underscores underscored conclude concludes concluded estimate estimates estimated estimating predict predicts "
    "predicted predicting forecast forecasts forecasted forecasting project projects projected projecting "
    "warn warns warned warning caution cautions cautioned suggest suggests suggested suggesting reveal reveals revealed "
    "revealing state states stated stating believe believes believed acknowledge acknowledges acknowledged "
    "concede concedes conceded allege alleges alleged insist insists insisted reckon reckons reckoned "
    "posit posits posited remark remarks remarked comment comments commented calculate calculates calculated "
    "opine opines opined recount recounts recounted reiterate reiterates reiterated counter counters countered"
)
# Verbs that are acts as often as words: they attribute only with "that", a colon or a quotation behind them.
SAYING_WITH_THAT = word_set(
    "confirm confirms confirmed confirming announce announces announced agree agrees agreed deny denies denied "
    "declare declares declared find finds found finding show shows showed shown showing indicate indicates indicated "
    "indicating signal signals signaled signalled signaling signalling expect expects expected maintain maintains maintained "
    "observe observes observed think thinks thought hold holds held recommend recommends recommended demonstrate "
    "demonstrates demonstrated disclose discloses disclosed determine determines determined judge judges judged assess "
    "assesses assessed learn learns learned learnt admit admits admitted add adds added document documents documented "
    "charge charges charged complain complains complained speculate speculates speculated see sees saw fear fears feared "
    "doubt doubts doubted detail details detailed verify verifies verified certify certifies certified establish establishes "
    "established point points pointed make makes made recall recalls recalled urge urges urged pledge pledges pledged "
    "deem deems deemed mention mentions mentioned hint hints hinted propose proposes proposed view views viewed"
)
# Of these, the ones that an outlet or a document does only with words: "CNN confirmed the deal", "the data show a rise".
SHOWING = word_set(
    "confirm confirms confirmed find finds found show shows showed shown indicate indicates indicated detail details detailed "
    "demonstrate demonstrates demonstrated disclose discloses disclosed document documents documented describe describes "
    "described put puts quote quotes quoted observe observes observed declare declares declared announce announces announced "
    "verify verifies verified see sees saw expect expects expected reads read establish establishes established"
)
# What an outlet alone does with words.
OUTLET_SAYING = word_set(
    "understand understands understood learned learnt describe describes described quote quotes quoted cite cites cited "
    "unpacks unpacked explores explored examines examined outlines outlined profiles profiled discusses discussed asks asked "
    "adds added details detailed mentions mentioned speculates speculated recalls recalled hints hinted reviews reviewed "
    "questions questioned contradicted corroborated summarises summarizes "
    "carry carries carried run runs ran release releases released feature features featured "
    "uncover uncovers uncovered expose exposes exposed unearth unearthed publish publishes published "
    "identify identifies identified name names named put puts tallied counted call calls called label labels labelled labeled"
)
CALLING = word_set("call calls called label labels labelled labeled name names named identify identifies identified")
# "published an article on": the piece must be named behind the verb.
PUBLISHING = word_set(
    "publish publishes published carry carries carried run runs ran release releases released feature features featured"
)
PIECES = word_set(
    "report reports story stories article articles investigation analysis exclusive poll survey tally scoop editorial op-ed "
    "reporting piece pieces interviews investigations analyses profile interview expose exposé fact-check review obituary column dispatch account"
)
OF_ITS_BUSINESS = word_set("annual quarterly financial internal half-year")
CALLED = word_set("it him her them the this that his")
# An outlet that says something so speaks of itself.
OF_ITSELF = word_set("statement email letter memo tweet")
# And those that a crowd of experts or officials does with words.
CROWD_SAYING = word_set(
    "expect expects expected fear fears feared think thinks thought signal signals signaled signalled see agree"
)
# Two words make the verb: "points out", "makes clear", "puts it".
SECOND_PARTS = {
    "point": ("out", "to"), "points": ("out", "to"), "pointed": ("out", "to"), "pointing": ("out", "to"),
    "make": ("clear",), "makes": ("clear",), "made": ("clear",), "put": ("it", "the"), "puts": ("it", "the"),
}  # fmt: skip
# Forms that are also plural nouns: "the projects in Iran", "reports on CNN".
NOUN_LIKE = word_set(
    "report project claim note estimate forecast comment state charge view signal see reports projects claims notes estimates forecasts comments remarks states charges documents views signals holds"
)
NOUNS_BEHIND_ONE = word_set("report project claim note estimate comment study")
AFTER_NOUNS = word_set("in on of for about from by")
CROWD_COUNTS = word_set("number group handful majority series host dozens hundreds scores couple range growing")
SAID_TO_BE = word_set("said believed reported claimed alleged estimated expected")  # "officials said to be ill"
AUXILIARIES = word_set("has have had is was are were be been being also ’ve 's")
BE_FORMS = word_set("is was are were be been being 's")
REVEALING = word_set("reveal report confirm disclose exclusively")  # "can reveal": an outlet says so
MODALS = word_set(
    "will would could should might must can may cannot not never did does do n't t declined refused failed"
)
ADVERBS = word_set(
    "both all each also recently now then once again already earlier later too still long often just even first further today yesterday "
    "thus separately since well repeatedly widely reportedly publicly privately openly"
)
# What a report on a firm's own business takes as its object.
BUSINESS_RESULTS = word_set("profit profits loss losses earnings revenue revenues sales results income")
# Where something was said: "in a statement", "in a briefing".
OCCASIONS = word_set(
    "statement interview briefing report speech tweet post letter email broadcast note paper study bulletin update memo"
)
# Nouns for what a source publishes.
DOCUMENTS = word_set(
    "report reports assessment assessments analysis analyses study studies survey surveys data figures statistics review "
    "estimate estimates forecast forecasts projection projections poll polls investigation investigations research findings "
    "article articles editorial editorials index database outlook paper papers briefing brief bulletin reporting account "
    "accounts dispatch dispatches story statement statements commentary op-ed column essay interview audit ranking tally count "
    "calculations profile scoop numbers evidence documents document memo dossier tracker model models coverage journalists release"
)
# Of these, the ones that stand alone for a source nobody names.
UNNAMED_DOCUMENTS = word_set(
    "report reports accounts studies study research polls poll surveys survey estimates figures statistics data assessments "
    "analyses documents reporting"
)
# What may stand between an article and such a noun without naming anyone.
DOCUMENT_MODIFIERS = word_set(
    "new latest recent annual quarterly monthly weekly joint leaked confidential internal exclusive special detailed "
    "preliminary final early official public classified forthcoming separate earlier previous independent government "
    "intelligence media news press local multiple several various some many numerous unconfirmed initial published "
    "academic scientific opinion customs industry economic trade court police medical recently newly long major own "
    "landmark damning lengthy extensive 2-part two-part first second third two three four five six other foreign western "
    "state domestic international regional global national widely circulated satellite open-source half-year"
)
PEOPLE = word_set(
    "officials official experts expert analysts analyst diplomats diplomat observers observer scholars scholar economists "
    "economist researchers researcher critics critic sources source insiders insider commentators commentator strategists "
    "strategist investigators witnesses witness eyewitnesses residents activists lawmakers politicians scientists historians "
    "prosecutors negotiators commanders generals executives traders investors specialists academics aides advisers advisors "
    "adviser aide spokesman spokeswoman spokesperson spokespeople authorities opponents skeptics sceptics proponents "
    "supporters reporters journalists media outlets pundits engineers lawyers doctors campaigners monitors forecasters "
    "policymakers bankers envoys ministers militants rebels demonstrators protesters villagers locals veterans physicists television tv"
)
SINGULAR_PEOPLE = word_set(
    "official expert analyst diplomat observer scholar economist researcher critic source insider commentator strategist "
    "witness adviser aide spokesman spokeswoman spokesperson"
)
PEOPLE_MODIFIERS = word_set(
    "some many several most other senior top former leading local independent military political foreign western eastern "
    "northern southern regional international national government state security defense defence intelligence trade energy "
    "market financial economic legal health medical scientific nuclear industry party opposition army police border bank "
    "company diplomatic official high-ranking high ranking level high-level unnamed anonymous veteran prominent few two "
    "three four five six seven eight nine ten dozens numerous various multiple certain more retired current ex outside "
    "policy climate military-affairs public private well-placed well placed informed familiar key academic election rights "
    "human aid relief shipping oil gas banking insurance tech technology cyber arms weapons administration both all those "
    "the a an one another media news press social mainstream domestic central presidential congressional parliamentary "
    "judicial municipal provincial federal hospital emergency rescue traffic weather war conservative liberal progressive "
    "moderate hardline reformist european african asian american latin arab gulf african-american pro anti campaign trade-union "
    "mid low judiciary monetary commercial industrial agricultural constitutional maritime naval aviation"
)
PRONOUN_CROWDS = word_set("some many others several critics skeptics sceptics")
PRONOUN_CROWD_VERBS = word_set(
    "argue argued say said believe believed claim claimed contend contended suggest suggested fear feared insist insisted "
    "maintain maintained warn warned think predict predicted speculate speculated"
)
# "It is ... that": what nobody in particular says.
IMPERSONAL = word_set(
    "reported noted believed said thought alleged claimed argued estimated understood rumored rumoured suggested asserted "
    "speculated acknowledged contended"
)
# What a person is at an institution.
ROLES = word_set(
    "director fellow analyst researcher scholar expert professor lecturer chief head president chair chairman chairwoman "
    "chairperson economist strategist spokesman spokeswoman spokesperson correspondent reporter columnist editor founder "
    "co-founder adviser advisor specialist historian scientist commissioner secretary secretary-general inspector governor "
    "member partner associate director-general representative envoy ambassador official officer manager leader commentator "
    "coordinator consultant author executive boss dean physicist lawyer attorney engineer investigator monitor academic "
    "political senior vice deputy managing general strategists mission"
)
# Of these, who speaks for an outlet speaks of the outlet.
SPEAK_OF_IT = word_set(
    "spokesman spokeswoman spokesperson chief head president chair chairman chairwoman executive boss director manager "
    "founder co-founder lawyer attorney official officer general managing senior vice deputy"
)
# The same said with a verb: "who heads the programme at ...".
HOLDING_ROLES = word_set(
    "heads leads directs runs chairs teaches works headed led directed ran chaired taught worked founded studies"
)
STAFF = word_set(
    "journalist journalists reporter reporters correspondent correspondents cameraman photographer editor anchor witness "
    "witnesses"
)
TITLES = word_set(
    "president vice prime minister foreign defense defence finance interior secretary general gen senator sen representative "
    "rep congressman congresswoman chancellor premier king queen prince princess emperor sheikh ayatollah pope cardinal dr "
    "prof professor mr mrs ms sir lord lady dame supreme leader ambassador admiral adm colonel col major maj lieutenant lt "
    "captain capt sergeant marshal commander chief director governor gov mayor judge justice speaker commissioner "
    "spokesman spokeswoman spokesperson analyst economist expert historian retired former then acting deputy state envoy "
    "chairman chairwoman researcher scholar author columnist journalist critic"
)
NAME_PARTICLES = word_set(
    "von van der den de del della da dos du di la le al el bin ibn ben bint abu ter ten y e zu af"
)
# An unknown name that contains one of these is an outlet or an institution, not a person.
OUTLET_WORDS = word_set(
    "daily times post news herald journal tribune gazette press radio tv television agency review magazine observer "
    "chronicle mail mirror express star sun globe standard telegraph weekly courier dispatch sentinel bulletin examiner "
    "inquirer independent guardian broadcasting network channel newswire wire zeitung monde figaro pravda pais monitor today"
)
INSTITUTION_WORDS = OUTLET_WORDS | word_set(
    "institute institution university college center centre council committee commission foundation association "
    "organization organisation bureau office bank fund society ministry department academy school group union federation "
    "authority forum initiative watch project laboratory lab observatory survey service services program programme "
    "international board court intelligence corporation company partners research policy studies chamber league alliance "
    "administration registry directorate secretariat trust think-tank archive museum hospital police"
)
# These are family names as well.
NO_INSTITUTION_ALONE = word_set("sun star post mail wire mirror")
# Common nouns of law and custom that "according to" takes without citing anybody.
NO_SOURCES = word_set(
    "constitution law article treaty agreement plan charter convention bible quran koran tradition schedule protocol pact "
    "deal resolution rules act accord clause amendment"
)
PREPOSITIONS = word_set(
    "of at from by with for in on to about against between into over under through via within without across among toward "
    "towards near behind beyond like than as during per despite"
)
FUNCTION_WORDS = PREPOSITIONS | word_set(
    "the a an and or but nor so yet that which who whom whose this these those it its he she they we i you his her their our "
    "is are was were be been has have had do does did will would can could may might must shall should not no if when while "
    "because although though since until after before where there here then what how why"
)
CONJUNCTIONS = word_set(
    "and but while whereas although though yet so or nor because since as when which after before where"
)
RELATIVE_DAYS = word_set("today yesterday tonight")
SPANS_OF_DAYS = word_set("day days week weeks month months year years")
COUNTS = word_set("a an one two three four five six seven eight nine ten")
RELATIVE_PERIODS = {
    "earlier": word_set("today this in"), "last": word_set("week month year night weekend spring summer autumn fall winter"), "this": word_set("week month year weekend spring summer autumn fall winter morning afternoon evening"),
    "late": word_set("last"), "later": word_set("that"),
}  # fmt: skip
PARENTHESIS_LEADS = word_set(
    "see via source sources per cf as by reported quoted cited in from according to also e.g. the a"
)
PICTURE_WORDS = word_set(
    "photo photograph photos picture image images file getty pool video credit illustration map graphic handout"
)
PLACES = word_set(
    "afghanistan albania algeria america angola argentina armenia australia austria azerbaijan bahrain bangladesh belarus "
    "belgium benin bhutan bolivia bosnia botswana brazil britain brunei bulgaria burma burundi cambodia cameroon canada chad "
    "chile china colombia congo croatia cuba cyprus czechia denmark djibouti ecuador egypt england eritrea estonia eswatini "
    "ethiopia europe fiji finland france gabon gambia gaza georgia germany ghana greece guatemala guinea guyana haiti honduras "
    "hungary iceland india indonesia iran iraq ireland israel italy jamaica japan jordan kazakhstan kenya kosovo kuwait "
    "kyrgyzstan laos latvia lebanon lesotho liberia libya lithuania luxembourg madagascar malawi malaysia maldives mali malta "
    "mauritania mauritius mexico moldova mongolia montenegro morocco mozambique myanmar namibia nepal netherlands nicaragua "
    "niger nigeria norway oman pakistan palestine panama paraguay peru philippines poland portugal qatar romania russia rwanda "
    "scotland senegal serbia singapore slovakia slovenia somalia spain sudan suriname sweden switzerland syria taiwan "
    "tajikistan tanzania thailand togo tunisia turkey türkiye turkmenistan uganda ukraine uruguay uzbekistan venezuela vietnam "
    "wales yemen zambia zimbabwe u.s. us usa u.k. uk eu uae u.a.e. washington london paris berlin madrid rome moscow kyiv kiev "
    "beijing tokyo delhi tehran baghdad damascus beirut jerusalem cairo ankara istanbul athens vienna brussels geneva warsaw "
    "prague budapest bucharest sofia belgrade stockholm oslo copenhagen helsinki riga vilnius tallinn minsk tbilisi yerevan "
    "baku astana tashkent kabul islamabad riyadh doha dubai muscat sanaa amman tripoli tunis algiers rabat khartoum nairobi "
    "lagos abuja accra pretoria johannesburg canberra sydney ottawa toronto havana caracas bogota lima santiago brasilia "
    "seoul pyongyang shanghai taipei hanoi bangkok manila jakarta munich hamburg frankfurt york chicago boston"
)
DEMONYM_ENDINGS = (
    "ese",
    "ian",
    "ean",
    "ish",
    "can",
    "aeli",
    "aqi",
    "ani",
    "istani",
    "emeni",
    "uwaiti",
    "mani",
    "hai",
    "eek",
    "nch",
    "utch",
    "wiss",
    "zech",
    "raq",
)
# What a text calls itself.
ARTICLES = word_set("article story piece post version essay interview report column commentary op-ed excerpt feature")
# They report, and are no outlets.
NO_OUTLET_REPORTS = (
    PEOPLE
    | DOCUMENT_MODIFIERS
    | FUNCTION_WORDS
    | ADVERBS
    | word_set(
        "police troops doctors hospitals residents men women people parents users customers others patients court autopsy state "
        "company companies government ministry army navy team nobody none everyone meanwhile later earlier yesterday today bank "
        "intelligence lab survey study press media news local television tv radio initial early unconfirmed annual weather school"
    )
)
OBJECT_BEGINS = word_set("the a an his her their its that how why on two three four five six more at least")
BOUNDARIES = frozenset(',;:.!?—–()[]“”"«»…|')
SEEN_BY = word_set("seen obtained reviewed viewed")
TELLING = word_set("told tells tell telling")
CITING = word_set("citing quoting")
# With one of these in front a word or two are a thing spoken of: "The order, CNN reported, came late".
DETERMINERS = word_set("the a an his her its their our")
# Behind one of these a name is no subject.
NOT_SUBJECT_AFTER = PREPOSITIONS - {"as", "like", "than", "per"}
