"""The words that decide how two claims relate, in the languages that the desk meets: small lists, one line for each idea.

An entry is a phrase; an underscore stands for the blank within it, and a closing asterisk for any ending. What a list
lacks makes two claims "similar" where they might be the same, never the other way round.
"""

# Words that a claim keeps its meaning without.
EMPTY = """
a an the this that these those it its he she his her him they their them we our us of to in on at for from with into
onto over under about around some as and or but so also too then there here is are was were be been being am has have
had having do does did done can such both each all any who whom whose which what where when while how than very just s t
same per within during through between among by according up out off re upon aboard board onboard
der die das den dem des ein eine einen einem einer eines und oder in im an am auf zu zum zur von vom mit bei für aus nach
über unter um sich ist sind war waren wird wurde wurden worden hat haben hatte es er sie wie als auch so rund etwa es
le la les l un une des du de d et ou à a au aux en dans sur pour par avec se s est sont été être ont avait il elle ils
elles ce cette ces que qui qu comme environ y n
el los las lo una unos unas y o del al con por para su sus se es son fue fueron ha han como
il gli della dei di da che con nel nella è sono и в во на с со к по из за от у о об что это как был была были было году год года
را و در به از با که این آن است بود شد شده کرد کردند یک حدود شود های تا
في من إلى على عن أن إن ما هذا هذه التي الذي و كان كانت قد كما ب ل عام
د په کې کي ته او چې له سره دا هغه شول شوي شو کال
的 了 在 于 是 和 与 这 一 该 为 被 由 有 は が を に の で と た し さ れ る ら て
ve bir bu ile için की में को का के से है हुई ने और
"""

NOT = """
not no never none nobody nothing neither nor without cannot no_one not_one nowhere no_longer
nicht kein keine keinen keinem keiner keines nie niemals niemand nichts ohne nirgends
pas jamais aucun aucune personne_ne ne_plus sans
nunca ningún ninguna ninguno nadie sin
non nessun nessuno mai
не нет никогда никто без
نه نیست نیستند نبود نکرد نکردند نشد نشده ندارد نداشت نخواهد هرگز نمی‌شود نمی‌کند هیچ
لم لن ليس ليست لا غير أبدا
نه نشته هېڅ نشي
没 没有 未 不 无 从未 并非 なかった ない ません
değil hayır नहीं न
"""
# Verbs that say the rest is not so.
DENYING = "deny denies denied denying refus* fail_to fails_to failed_to dement* leugne* stop stops stopped stopping halt* ceas* cess* прекрат* nier nie_avoir démenti* опроверг* отриц* نفى نفت تکذیب 否认"

WILL = """
will shall about_to is_to are_to going_to plans_to plan_to expect* set_to due_to_be poised_to intend* wants_to
wird werden werde soll sollen va vont sera seront doit doivent va_a van_a será serán будет будут собира*
خواهد خواهند قرار_است سوف سـ به_شي 将 将要 会 
"""
MAYBE = """
may might could would possibly perhaps allegedly reportedly probably likely apparently könnte könnten möglicherweise
angeblich pourrait pourraient peut-être peut_être podría podrían quizá quizás может возможно شاید ممکن ربما قد_يكون ښايي 可能 也许 かもしれない
"""
SAID = """
say says said saying claim claims claimed report reports reported state states stated believe* according_to warn* announc* argu* insist*
sagt sagte sagten erklärt* berichtet* behaupt* laut dit disait déclar* affirm* annonc* selon dijo dicen según anunci* afirm*
сказал* заяв* сообщ* گفت گفتند اعلام گزارش قال قالت أعلن أعلنت وينا وویل 说 称 表示 宣布
"""
MORE_THAN = "more_than over above at_least exceed* upwards_of mehr_als über mindestens plus_de au_moins más_de al_menos более بیش_از أكثر_من 超过 至少"
LESS_THAN = "less_than fewer_than under below at_most up_to nearly almost weniger_als höchstens bis_zu moins_de jusqu'à menos_de hasta менее کمتر_از أقل_من 不到 至多"

# One idea a line: its words, and behind a bar the words that say the opposite.
IDEAS = """
rise rises rose risen rising increas* grow grows grew grown growing growth climb* soar* rais* hike* gain_in up_by steig* stieg* wuchs* wachs* zunahm* erhöh* augment* hauss* progress* aument* subi* crec* вырос* рост* увелич* افزایش ارتفع* زاد* ازداد* زیات لوړ* 上涨 上升 增长 增加 上昇 arttı बढ़* | fall falls fell fallen falling decreas* declin* drop drops dropped dropping shrink* shrank shrunk sink_by plung* fiel* fallen fällt sank sanken sinken sinkt gesunken schrumpf* abnahm* baiss* tomb* chut* diminu* recul* cay* baj* disminu* упал* сниз* сократ* کاهش انخفض* تراجع* ټیټ* راټیټ* 下跌 下降 减少 下落 düştü घट*
more | less fewer
higher highest high | lower lowest low
largest biggest most greatest | smallest least fewest
support* back backs backed backing endors* favour* unterstütz* soutien* appui* apoy* поддерж* حمایت دعم يدعم ملاتړ 支持 | oppos* abandon* forsak* desert* ablehn* abgelehnt lehnt_ab gegen s'oppos* contre rechaz* против مخالفت عارض* 反对
approv* accept* adopt* pass passes passed ratif* agree agreed agrees endorse genehmig* billig* angenommen beschloss* beschließ* approuv* accept* adopté adopter aprob* принял* одобр* تصویب وافق* 通过 批准 onayla* | reject* veto* refus* turn_down turned_down abgelehnt verwarf rejet* refus* rechaz* отклон* отверг* رد رفض* 否决 拒绝 reddet*
confirm* bestätig* confirm* подтверд* تأیید تایید أكد* أكدت تؤكد 证实 确认 | deny denies denied denying dementier* démenti* опроверг* تکذیب نفى نفت 否认
win wins won winning gain gains gained gewann gewonn* gagn* ganó ganar выиграл* برد برنده فاز* 赢 | lose loses lost losing verlor* verlier* perd* perdió проиграл* باخت خسر* 输
stop stops stopped stopping halt* ceas* cess* прекрат*
start starts started begin begins began begun beginning start* begann begonn* commenc* débute* empez* comenz* начал* آغاز بدأ* پیل 开始 | end ends ended finish* beende* endete finit termin* conclu* закончил* پایان انتهى انتهت 结束
open opens opened reopen* öffne* eröffne* ouvr* ouvert* abr* открыл* | close closes closed shut shuts shut_down shuts_down schließ* geschlossen ferm* cerr* закрыл*
allow* permit* permitted legali* legal erlaub* autoris* permet* permit* разреш* اجازه | ban bans banned forbid* forbade forbidden prohibit* outlaw* illegal verbot* verbiet* interdi* prohíb* prohib* запрет* запрещ* ممنوع
lift lifts lifted eased ease aufgehoben levé* levant* | impos* introduc* verhäng* impos*
strengthen* stärk* renforc* fortal* укреп* تقویت | weaken* schwäch* affaibl* debilit* ослаб*
comply complies complied complying observ* adher* | violat* breach* break broke broken
succeed* success* | fail failed fails failing failure
buy buys bought purchas* acquir* kauf* achet* compr* купил* خرید* اشترى* 购买 | sell sells sold selling verkauf* vend* продал* فروخت* باع* 出售
import* einfuhr*
export* ausfuhr*
before vor avant antes до | after nach après después после
build* built bau* constru* | destroy* demolish* zerstör* détrui* 
true right correct | false untrue wrong
safe | unsafe dangerous
join joins joined joining became_a_member become_a_member member_of accede* | leave leaves left leaving withdr* quit quits abandon* pull_out pulled_out exit exited walked_away
arriv* | depart*
alive survive* | dead die dies died killed
step_down stepped_down steps_down resign* resignation zurückgetreten rücktritt démission* dimit*
telephone* phone phoned phone_call telephone_call call_by_phone telefonier* téléphon* تلفنی
sign signs signed signing unterzeichn* signé* signer firm* подпис* امضا وقع* لاسلیک
soldier* troop troops
deliver* sent send sends suppl* liefert* geliefert
publish* publication
relations relation ties tie
injur* hurt wounded
nuclear_deal jcpoa joint_comprehensive_plan_of_action
enter_into_force entered_into_force enters_into_force take_effect took_effect takes_effect
treaty pact accord agreement deal
call_it described describe describes called calls
worth value valued
long length
long length
so_far to_date
harvest crop crops
unemployment jobless
secret secretly
destroyed lost_to
trade traded trades trading
"""

MAGNITUDES = {
    100: "hundred hundert cent_mille",
    1_000: "thousand thousands k tausend mille mil тысяч* тыс هزار ألف آلاف زره 千 bin हज़ार हजार",
    10_000: "万 萬 만",
    100_000: "lakh लाख lac",
    1_000_000: "million millions mn mln mio m millionen millón millones milioni milhões миллион* млн میلیون مليون ملايين ملیون 百万 milyon",
    10_000_000: "crore करोड़",
    100_000_000: "亿 億 억",
    1_000_000_000: "billion billions bn bln milliarde milliarden mrd milliard milliards md mds mil_millones miliardi miliardo bilhões миллиард* млрд میلیارد* مليار ملیارد* 十亿 milyar अरब",
    1_000_000_000_000: "trillion trillions tn trn billionen bio billones billón mille_milliards трлн триллион* تریلیون تريليون 万亿 兆 trilyon",
}

# The measure that a unit counts, and how many of it one is.
UNITS = {
    (
        "%",
        1,
    ): "% % ٪ percent per_cent prozent pour_cent por_ciento procent процент* درصد بالمئة بالمائة في_المئة في_المائة سلنه yüzde प्रतिशत",
    ("points", 1): "percentage_point percentage_points prozentpunkt* points_de_pourcentage",
    (
        "USD",
        1,
    ): "$ us$ dollar dollars usd us_dollar us_dollars us-dollar u_s_dollars dólar dólares доллар* دلار دولار ډالر* 美元 ドル dolar डॉलर",
    ("EUR", 1): "€ euro euros eur евро یورو يورو 欧元 ユーロ",
    ("GBP", 1): "£ pounds_sterling sterling gbp 英镑",
    ("CNY", 1): "yuan renminbi rmb юан* 人民币 یوان",
    ("JPY", 1): "¥ yen 日元 円",
    ("RUB", 1): "rouble roubles ruble rubles рубл* روبل 卢布",
    ("kilogram", 1): "kilogram kilograms kilogramme kilogrammes kg кг килограмм* کیلوگرم كيلوغرام 公斤",
    ("kilogram", 1000): "tonne tonnes tons ton tonnen tonnellate toneladas тонн* تن طن 吨",
    ("kilogram", 0.001): "gram grams gramm",
    ("pound", 1): "pound pounds lbs",
    ("metre", 1): "metre metres meter meters mètres метр*",
    ("metre", 1000): "kilometre kilometres kilometer kilometers kilomètres km км километр* کیلومتر كيلومتر 公里",
    ("mile", 1): "mile miles",
    ("cubic metre", 1): "cubic_metre cubic_metres cubic_meter cubic_meters m³ kubikmeter mètres_cubes кубометр*",
    ("cubic metre", 1_000_000_000): "bcm",
    ("barrel", 1): "barrel barrels fass barils",
    ("year", 1): "year years jahr jahre jahren an ans année années año años лет سال سنوات سنة 年 yıl",
    ("month", 1): "month months monat monate monaten mois mes meses месяц* ماه أشهر 个月",
    ("week", 1): "week weeks woche wochen semaine semaines semana semanas недел* هفته أسابيع 周",
    ("day", 1): "day days tag tage tagen jour jours día días дней дня روز أيام 天",
    ("hour", 1): "hour hours stunde stunden heure heures hora horas час* ساعت 小时",
}

NUMBERS = {
    0: "zero null zéro",
    1: "one eins un_seul один یک واحد 一",
    2: "two zwei deux dos due два دو اثنان دوه 二 两 iki दो",
    3: "three drei trois tres tre три سه ثلاثة درې 三 üç तीन",
    4: "four vier quatre cuatro quattro четыре четырёх چهار أربعة څلور 四 dört चार",
    5: "five fünf cinq cinco cinque пять پنج خمسة پنځه 五 beş पाँच",
    6: "six sechs seis sei шесть شش ستة شپږ 六 altı",
    7: "seven sieben sept siete sette семь هفت سبعة اووه 七 yedi",
    8: "eight acht huit ocho otto восемь هشت ثمانية اته 八 sekiz",
    9: "nine neun neuf nueve nove девять نه_تا تسعة نهه 九 dokuz",
    10: "ten zehn dix diez dieci десять ده عشرة لس 十 on_tane",
    11: "eleven elf onze once",
    12: "twelve zwölf douze doce dozen",
    13: "thirteen dreizehn treize trece",
    14: "fourteen vierzehn quatorze catorce",
    15: "fifteen fünfzehn quinze quince",
    16: "sixteen sechzehn seize",
    17: "seventeen siebzehn",
    18: "eighteen achtzehn",
    19: "nineteen neunzehn",
    20: "twenty zwanzig vingt veinte двадцать بیست عشرون شل 二十",
    30: "thirty dreißig trente treinta тридцать سی ثلاثون",
    40: "forty vierzig quarante cuarenta сорок چهل أربعون",
    50: "fifty fünfzig cinquante cincuenta пятьдесят پنجاه خمسون",
    60: "sixty sechzig soixante sesenta шестьдесят شصت ستون",
    70: "seventy siebzig setenta",
    80: "eighty achtzig ochenta",
    90: "ninety neunzig noventa",
    100: "a_hundred",
    1000: "a_thousand",
    1_000_000: "a_million",
    1_000_000_000: "a_billion",
}
# Parts of a whole, in per cent.
PARTS = {
    50: "half one_half hälfte moitié mitad половин* نیمی نصف نیمایي 一半",
    25: "a_quarter one_quarter ein_viertel un_quart",
    75: "three_quarters drei_viertel trois_quarts",
    100 / 3: "a_third one_third ein_drittel un_tiers un_tercio",
    200 / 3: "two_thirds zwei_drittel deux_tiers",
    20: "a_fifth one_fifth ein_fünftel un_cinquième",
    10: "a_tenth one_tenth ein_zehntel un_dixième",
}
TENTHS = "tenths zehntel dixièmes"

FIRST_TO_FOURTH = ("first erste* premier 1st", "second zweite* deuxième 2nd", "third dritte* troisième 3rd", "fourth vierte* quatrième 4th")  # fmt: skip
QUARTER = "quarter quartal trimestre"
# Times that hang on the day of writing.
RELATIVE = """
yesterday today tomorrow last_year this_year next_year last_month this_month next_month last_week this_week next_week
gestern heute morgen letztes_jahr dieses_jahr nächstes_jahr vergangenes_jahr hier aujourd'hui demain l'an_dernier cette_année
ayer hoy mañana вчера сегодня завтра دیروز امروز فردا پارسال امسال أمس اليوم غدا 昨天 今天 明天 去年 今年 明年
"""
# What stands before a year.
BEFORE_YEAR = "in since by until till from to before after of during year im jahr seit bis ab en depuis jusqu'en avant dès desde hasta в с до к سال از عام سنة في منذ په aus vor"
# Months and weekdays that are words of their own: dates only beside a number or behind one of the words above.
DOUBTFUL = "may march mar sept mai mars می مه مې مۍ mei set sun sat mon wed dec jan segunda segunda-feira terça quarta quinta sexta پیر april آب ara aug sep avril juin jun"

# Behind these a name says where, not who.
PLACES = "in at near outside inside from im aus bei à dans en в из در از في"
JOINING = "and & und et y e и و او ve 和 与 及 と with mit avec con с with_the between zwischen entre между - – /"
PASSIVE = "by von vom durch par por da de_la_part_de door av توسط قبل 被 由 によって tarafından"
# What stands in front of a German noun that is no name.
DETERMINERS = "der die das den dem des ein eine einen einem einer eines im am zum zur vom beim kein keine diese dieser dieses ihre seine"
# A first word is a name where one of these, or a past tense in -ed, follows.
VERBS = "is was has had will sent bought sold won lost held spoke said told met left gave took began cut rose fell made went became lehnt lehnte hat wird refuse rechaza вступила"
