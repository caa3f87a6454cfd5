"""The names of months, weekdays and seasons as newspapers of many languages print them: the one vocabulary of dates.

Names are in lower case, as they stand within a date and by themselves; alternatives are parted by a slash, and an
underscore stands for the blank within a name.
"""

# Twelve months of the Gregorian calendar for each language.
MONTHS_BY_LANGUAGE = {
    "en": "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sept/sep october/oct november/nov december/dec",
    "de": "januar/jänner februar/feber märz/maerz/marz april mai juni juli august september oktober/okt november dezember/dez",
    "fr": "janvier/janv février/fevrier/févr/fevr/fév mars avril/avr mai juin juillet/juil août/aout septembre octobre novembre décembre/decembre/déc",
    "es": "enero/ene febrero marzo abril/abr mayo junio julio agosto/ago septiembre/setiembre octubre noviembre diciembre/dic",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "nb": "januar februar mars april mai juni juli august september oktober november desember",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "fi": "tammikuuta/tammikuu helmikuuta/helmikuu maaliskuuta/maaliskuu huhtikuuta/huhtikuu toukokuuta/toukokuu kesäkuuta/kesäkuu heinäkuuta/heinäkuu elokuuta/elokuu syyskuuta/syyskuu lokakuuta/lokakuu marraskuuta/marraskuu joulukuuta/joulukuu",
    "is": "janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember",
    "et": "jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember",
    "lv": "janvāris/janvārī februāris/februārī marts/martā aprīlis/aprīlī maijs/maijā jūnijs/jūnijā jūlijs/jūlijā augusts/augustā septembris/septembrī oktobris/oktobrī novembris/novembrī decembris/decembrī",
    "lt": "sausio/sausis vasario/vasaris kovo/kovas balandžio/balandis gegužės/gegužė birželio/birželis liepos/liepa rugpjūčio/rugpjūtis rugsėjo/rugsėjis spalio/spalis lapkričio/lapkritis gruodžio/gruodis",
    "pl": "stycznia/styczeń lutego/luty marca/marzec kwietnia/kwiecień maja/maj czerwca/czerwiec lipca/lipiec sierpnia/sierpień września/wrzesień października/październik listopada/listopad grudnia/grudzień",
    "cs": "ledna/leden února/únor března/březen dubna/duben května/květen června/červen července/červenec srpna/srpen září října/říjen listopadu/listopad prosince/prosinec",
    "sk": "januára/január februára/február marca/marec apríla/apríl mája/máj júna/jún júla/júl augusta/august septembra/september októbra/október novembra/november decembra/december",
    "sl": "januar/januarja februar/februarja marec/marca april/aprila maj/maja junij/junija julij/julija avgust/avgusta september/septembra oktober/oktobra november/novembra december/decembra",
    "hr": "siječnja/siječanj veljače/veljača ožujka/ožujak travnja/travanj svibnja/svibanj lipnja/lipanj srpnja/srpanj kolovoza/kolovoz rujna/rujan listopada/listopad studenoga/studeni/studenog prosinca/prosinac",
    "bs": "januar/januara februar/februara mart/marta april maj juni/juna juli/jula august/augusta septembar/septembra oktobar/oktobra novembar/novembra decembar/decembra",
    "sr": "јануар/јануара фебруар/фебруара март/марта април/априла мај/маја јун/јуна јул/јула август/августа/avgust/avgusta септембар/септембра октобар/октобра новембар/новембра децембар/децембра",
    "mk": "јануари февруари март април мај јуни јули август септември октомври ноември декември",
    "bg": "януари февруари март април май юни юли август септември октомври ноември декември",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "hu": "január február március április május június július augusztus szeptember október november december",
    "ru": "января/январь/янв февраля/февраль/фев марта/март апреля/апрель/апр мая/май июня/июнь июля/июль августа/август/авг сентября/сентябрь/сен/сент октября/октябрь/окт ноября/ноябрь/ноя декабря/декабрь/дек",
    "uk": "січня/січень лютого/лютий березня/березень квітня/квітень травня/травень червня/червень липня/липень серпня/серпень вересня/вересень жовтня/жовтень листопада/листопад грудня/грудень",
    "be": "студзеня/студзень лютага/люты сакавіка/сакавік красавіка/красавік мая/май чэрвеня/чэрвень ліпеня/ліпень жніўня/жнівень верасня/верасень кастрычніка/кастрычнік лістапада/лістапад снежня/снежань",
    "el": "ιανουαρίου/ιανουάριοσ φεβρουαρίου/φεβρουάριοσ μαρτίου/μάρτιοσ απριλίου/απρίλιοσ μαΐου/μάιοσ ιουνίου/ιούνιοσ ιουλίου/ιούλιοσ αυγούστου/αύγουστοσ σεπτεμβρίου/σεπτέμβριοσ οκτωβρίου/οκτώβριοσ νοεμβρίου/νοέμβριοσ δεκεμβρίου/δεκέμβριοσ",
    "sq": "janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor",
    "tr": "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
    "az": "yanvar fevral mart aprel may iyun iyul avqust/avgust sentyabr oktyabr noyabr dekabr",
    "kk": "қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан",
    "ky": "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь",
    "uz": "yanvar fevral mart aprel may iyun iyul avgust sentabr oktabr noyabr dekabr",
    "tg": "январ феврал март апрел май июн июл август сентябр октябр ноябр декабр",
    "tk": "ýanwar fewral mart aprel maý iýun iýul awgust sentýabr oktýabr noýabr dekabr",
    "ca": "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
    "eu": "urtarrila otsaila martxoa apirila maiatza ekaina uztaila abuztua iraila urria azaroa abendua",
    "gl": "xaneiro febreiro marzo abril maio xuño xullo agosto setembro outubro novembro decembro",
    "mt": "jannar frar marzu april mejju ġunju lulju awwissu settembru ottubru novembru diċembru",
    "af": "januarie februarie maart april mei junie julie augustus september oktober november desember",
    "sw": "januari februari machi aprili mei juni julai agosti septemba oktoba novemba desemba",
    "fil": "enero pebrero marso abril mayo hunyo hulyo agosto setyembre oktubre nobyembre disyembre",
    "ar": "يناير/جانفي/كانون_الثاني فبراير/فيفري/شباط مارس/آذار/اذار أبريل/أفريل/نيسان مايو/ماي/أيار/ايار يونيو/جوان/حزيران يوليو/جويلية/يوليوز/تموز أغسطس/أوت/غشت/آب سبتمبر/شتنبر/أيلول/ايلول أكتوبر/تشرين_الأول نوفمبر/نونبر/تشرين_الثاني ديسمبر/دجنبر/كانون_الأول",
    "fa": "ژانویهٔ/ژانویه/جنوری فوریهٔ/فوریه/فبروری مارس/مارچ آوریل/آپریل/اپریل مهٔ/مه/می/مۀ ژوئن ژوئیهٔ/ژوئیه/ژوییه/جولای اوت/آگوست/اگست سپتامبر/سپتمبر اکتبر/اکتوبر نوامبر/نومبر دسامبر/دسمبر",
    "ps": "جنوري فبروري/فېبروري مارچ اپریل مۍ/مې/مئ جون جولای اګست سېپتمبر/سپتمبر اکتوبر نومبر دسمبر/ډسمبر",
    "ur": "جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر",
    "sd": "جنوري فيبروري مارچ اپريل مئي جون جولاءِ آگسٽ سيپٽمبر آڪٽوبر نومبر ڊسمبر",
    "ku": "rêbendan sibat adar nîsan gulan hezîran tîrmeh tebax îlon cotmeh mijdar berfanbar",
    "he": "ינואר פברואר מרץ/מארס אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
    "hi": "जनवरी फ़रवरी/फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर/सितम्बर अक्टूबर/अक्तूबर नवंबर/नवम्बर दिसंबर/दिसम्बर",
    "bn": "জানুয়ারী/জানুয়ারি ফেব্রুয়ারী/ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট/অগাস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর",
    "ta": "ஜனவரி பிப்ரவரி மார்ச் ஏப்ரல் மே ஜூன் ஜூலை ஆகஸ்ட் செப்டம்பர் அக்டோபர் நவம்பர் டிசம்பர்",
    "te": "జనవరి ఫిబ్రవరి మార్చి ఏప్రిల్ మే జూన్ జులై ఆగస్టు సెప్టెంబర్ అక్టోబర్ నవంబర్ డిసెంబర్",
    "ml": "ജനുവരി ഫെബ്രുവരി മാർച്ച് ഏപ്രിൽ മേയ് ജൂൺ ജൂലൈ ഓഗസ്റ്റ് സെപ്റ്റംബർ ഒക്‌ടോബർ നവംബർ ഡിസംബർ",
    "kn": "ಜನವರಿ ಫೆಬ್ರವರಿ ಮಾರ್ಚ್ ಏಪ್ರಿಲ್ ಮೇ ಜೂನ್ ಜುಲೈ ಆಗಸ್ಟ್ ಸೆಪ್ಟೆಂಬರ್ ಅಕ್ಟೋಬರ್ ನವೆಂಬರ್ ಡಿಸೆಂಬರ್",
    "gu": "જાન્યુઆરી ફેબ્રુઆરી માર્ચ એપ્રિલ મે જૂન જુલાઈ ઑગસ્ટ સપ્ટેમ્બર ઑક્ટોબર નવેમ્બર ડિસેમ્બર",
    "pa": "ਜਨਵਰੀ ਫ਼ਰਵਰੀ ਮਾਰਚ ਅਪ੍ਰੈਲ ਮਈ ਜੂਨ ਜੁਲਾਈ ਅਗਸਤ ਸਤੰਬਰ ਅਕਤੂਬਰ ਨਵੰਬਰ ਦਸੰਬਰ",
    "mr": "जानेवारी फेब्रुवारी मार्च एप्रिल मे जून जुलै ऑगस्ट सप्टेंबर ऑक्टोबर नोव्हेंबर डिसेंबर",
    "ne": "जनवरी फेब्रुअरी मार्च अप्रिल मे जुन जुलाई अगस्ट सेप्टेम्बर अक्टोबर नोभेम्बर डिसेम्बर",
    "si": "ජනවාරි පෙබරවාරි මාර්තු අප්‍රේල් මැයි ජූනි ජූලි අගෝස්තු සැප්තැම්බර් ඔක්තෝබර් නොවැම්බර් දෙසැම්බර්",
    "th": "มกราคม/ม.ค กุมภาพันธ์/ก.พ มีนาคม/มี.ค เมษายน/เม.ย พฤษภาคม/พ.ค มิถุนายน/มิ.ย กรกฎาคม/ก.ค สิงหาคม/ส.ค กันยายน/ก.ย ตุลาคม/ต.ค พฤศจิกายน/พ.ย ธันวาคม/ธ.ค",
    "lo": "ມັງກອນ ກຸມພາ ມີນາ ເມສາ ພຶດສະພາ ມິຖຸນາ ກໍລະກົດ ສິງຫາ ກັນຍາ ຕຸລາ ພະຈິກ ທັນວາ",
    "km": "មករា កុម្ភៈ មីនា មេសា ឧសភា មិថុនា កក្កដា សីហា កញ្ញា តុលា វិច្ឆិកា ធ្នូ",
    "my": "ဇန်နဝါရီ ဖေဖော်ဝါရီ မတ် ဧပြီ မေ ဇွန် ဇူလိုင် ဩဂုတ် စက်တင်ဘာ အောက်တိုဘာ နိုဝင်ဘာ ဒီဇင်ဘာ",
    "ka": "იანვარი/იანვარს თებერვალი/თებერვალს მარტი/მარტს აპრილი/აპრილს მაისი/მაისს ივნისი/ივნისს ივლისი/ივლისს აგვისტო/აგვისტოს სექტემბერი/სექტემბერს ოქტომბერი/ოქტომბერს ნოემბერი/ნოემბერს დეკემბერი/დეკემბერს",
    "hy": "հունվարի/հունվար փետրվարի/փետրվար մարտի/մարտ ապրիլի/ապրիլ մայիսի/մայիս հունիսի/հունիս հուլիսի/հուլիս օգոստոսի/օգոստոս սեպտեմբերի/սեպտեմբեր հոկտեմբերի/հոկտեմբեր նոյեմբերի/նոյեմբեր դեկտեմբերի/դեկտեմբեր",
    "id": "januari februari maret april mei juni juli agustus september oktober november desember",
    "ms": "januari februari mac april mei jun julai ogos september oktober november disember",
}

# Shortenings that are words of their own in some language: months only between a day and a year.
_SHORT_MONTHS = (
    "gen ian led oca sij sty tammi xan ιαν січ яну",
    "febr fev helmi lut velj úno şub φεβ лют",
    "bře maalis mrt márc ožu μαρ бер",
    "dub huhti kwi nis tra ápr απρ квіт",
    "kvě mag svi touko μαΐ трав",
    "cze giu haz iun kesä čvn ιουν черв",
    "heinä iul lug tem xul čvc ιουλ лип",
    "ag agu avg ağu elo kol ogo sie αυγ серп",
    "eyl ruj set syys szept wrz zář σεπ вер сеп",
    "eki loka ott out paź říj οκτ жовт",
    "kas marras stu νοε лист ное",
    "ara des dis gru joulu pro δεκ груд",
)
# Months of the Solar Hijri calendar: as in Iran, as in Afghanistan, and in Pashto.
_SOLAR_HIJRI_MONTHS = (
    "فروردین اردیبهشت خرداد تیر مرداد/امرداد شهریور مهر آبان/ابان آذر/اذر دی بهمن اسفند",
    "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت",
    "وری غویی غبرګولی چنګاښ زمری وږی تله لړم لیندۍ مرغومی سلواغه کب",
)
# Monday first.
_WEEKDAYS = (
    "monday mon montag lundi lunes lunedì segunda segunda-feira maandag måndag mandag maanantai mánudagur esmaspäev "
    "pirmdiena pirmadienis poniedziałek pondělí pondelok ponedeljek ponedjeljak ponedeljak понедељак понеделник понеделник hétfő "
    "понедельник понедельника понеділок панядзелак δευτέρα pazartesi дүйсенбі dushanba душанбе dilluns isnin senin jumatatu "
    "الاثنين الإثنين دوشنبه دوشنبې پیر सोमवार সোমবার திங்கள் సోమవారం സോമവാരം સોમવાર ਸੋਮਵਾਰ सोमबार วันจันทร์ ორშაბათი երկուշաբթի 星期一 周一 週一 月曜日 월요일",
    "tuesday tue tues dienstag mardi martes martedì terça terça-feira dinsdag tisdag tirsdag tiistai þriðjudagur teisipäev "
    "otrdiena antradienis wtorek úterý utorok torek utorak уторак вторник вторника kedd вівторок аўторак τρίτη salı сейсенбі "
    "seshanba сешанбе dimarts selasa jumanne الثلاثاء سه‌شنبه سهشنبه منگل मंगलवार মঙ্গলবার செவ்வாய் మంగళవారం મંગળવાર ਮੰਗਲਵਾਰ "
    "मङ्गलबार วันอังคาร სამშაბათი երեքշաբթի 星期二 周二 週二 火曜日 화요일",
    "wednesday wed mittwoch mercredi miércoles mercoledì quarta quarta-feira woensdag onsdag keskiviikko miðvikudagur "
    "kolmapäev trešdiena trečiadienis środa středa streda sreda srijeda среда среду среды сряда szerda середа середу серада "
    "τετάρτη çarşamba сәрсенбі chorshanba чоршанбе dimecres rabu jumatano الأربعاء چهارشنبه چارشنبه بدھ बुधवार বুধবার புதன் "
    "బుధవారం બુધવાર ਬੁੱਧਵਾਰ बुधबार วันพุธ ოთხშაბათი չորեքշաբթի 星期三 周三 週三 水曜日 수요일",
    "thursday thu thur thurs donnerstag jeudi jueves giovedì quinta quinta-feira donderdag torsdag torstai fimmtudagur "
    "neljapäev ceturtdiena ketvirtadienis czwartek čtvrtek štvrtok četrtek četvrtak четвртак четврток четвъртък csütörtök "
    "четверг четверга четвер чацвер πέμπτη perşembe бейсенбі payshanba панҷшанбе dijous kamis khamis alhamisi الخميس پنجشنبه "
    "پنج‌شنبه جمعرات गुरुवार বৃহস্পতিবার வியாழன் గురువారం ગુરુવાર ਵੀਰਵਾਰ बिहिबार วันพฤหัสบดี ხუთშაბათი հինգշաբթի 星期四 周四 週四 木曜日 목요일",
    "friday fri freitag vendredi viernes venerdì sexta sexta-feira vrijdag fredag perjantai föstudagur reede piektdiena "
    "penktadienis piątek pátek piatok petek petak петак петок петък péntek пятница пятницу пятницы п'ятниця п'ятницю пятніца "
    "παρασκευή cuma жұма divendres jumat jumaat ijumaa الجمعة جمعه جمعې शुक्रवार শুক্রবার வெள்ளி శుక్రవారం શુક્રવાર ਸ਼ੁੱਕਰਵਾਰ "
    "शुक्रबार วันศุกร์ პარასკევი ուրբաթ 星期五 周五 週五 金曜日 금요일",
    "saturday sat samstag sonnabend samedi sábado sabato zaterdag lördag lørdag lauantai laugardagur laupäev sestdiena "
    "šeštadienis sobota subota субота събота сабота szombat sâmbătă суббота субботу субботы субота суботу σάββατο cumartesi "
    "сенбі shanba шанбе dissabte sabtu jumamosi السبت شنبه شنبې ہفتہ शनिवार শনিবার சனி శనివారం શનિવાર ਸ਼ਨਿੱਚਰਵਾਰ शनिबार วันเสาร์ "
    "შაბათი շաբաթ 星期六 周六 週六 土曜日 토요일",
    "sunday sun sonntag dimanche domingo domenica zondag söndag søndag sunnuntai sunnudagur pühapäev svētdiena sekmadienis "
    "niedziela neděle nedeľa nedelja nedjelja недеља недела неделя vasárnap duminică воскресенье воскресенья неділя неділю "
    "нядзеля κυριακή pazar жексенбі yakshanba якшанбе diumenge minggu jumapili الأحد یکشنبه یک‌شنبه اتوار रविवार রবিবার ஞாயிறு "
    "ఆదివారం રવિવાર ਐਤਵਾਰ आइतबार วันอาทิตย์ კვირა կիրակի 星期日 星期天 周日 週日 日曜日 일요일",
)
# Level 1 of EDTF counts the seasons from 21 on.
_SEASONS = (
    "spring frühling frühjahr printemps primavera",
    "summer sommer été ete verano",
    "autumn fall herbst automne otoño",
    "winter hiver invierno",
)


def _numbered(rows: tuple[str, ...], first: int) -> dict[str, int]:
    return {name: number for number, names in enumerate(rows, start=first) for name in names.split()}


def _months(rows) -> dict[str, int]:
    return {
        name.replace("_", " "): number
        for row in rows
        for number, names in enumerate(row.split(), start=1)
        for name in names.split("/")
    }


# Croatian and Polish call two different months by one name. A Croatian day has a point behind it, a Polish one has none.
BETWEEN_TWO = ("listopad", "listopada")
MONTHS = {name: number for name, number in _months(MONTHS_BY_LANGUAGE.values()).items() if name not in BETWEEN_TWO}
SHORT_MONTHS = _numbered(_SHORT_MONTHS, 1)
SOLAR_HIJRI_MONTHS = _months(_SOLAR_HIJRI_MONTHS)
WEEKDAYS = _numbered(_WEEKDAYS, 0)
SEASONS = _numbered(_SEASONS, 21)
