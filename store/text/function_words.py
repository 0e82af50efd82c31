"""The commonest function words of languages, lower case, in writing as texts have it; and what languages are called.

They are the languages that spaCy has trained pipelines for, and others that would else be taken for one of them.
"""

from __future__ import annotations

NAMES = {
    "ar": "Arabic",
    "bg": "Bulgarian",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "gl": "Galician",
    "he": "Hebrew",
    "hi": "Hindi",
    "hr": "Croatian",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "lt": "Lithuanian",
    "lv": "Latvian",
    "mk": "Macedonian",
    "nb": "Norwegian",
    "nl": "Dutch",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sk": "Slovak",
    "sl": "Slovenian",
    "sr": "Serbian",
    "sv": "Swedish",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "xx": "several languages",
    "zh": "Chinese",
}
"""English names of languages, by the code that spaCy uses."""

LATIN = {
    "ca": "el la els les un una i o de del dels a al als en amb per que no és són va van ha han com més però aquest"
    " aquesta aquests també entre fins seva seu seus quan on molt ja ser estat l d s ho hi tot perquè sense"
    " sobre havia dos altres any anys",
    "cs": "a i v ve na se si že je jsou byl byla bylo byli to ten ta do z ze s k ke o od po za pro při podle jako"
    " ale nebo také který která které jeho její jejich by jsem bude není už jen tak co když aby před mezi až"
    " má proti",
    "da": "og i at det en et er den til på som de med han af for ikke der var mig sig men har om vi min havde ham"
    " hun nu over da fra du ud sin dem os op man hans hvor eller hvad skal selv her alle vil blev kunne ind"
    " når være dog noget hvis denne dette efter ved mange blive siden også bliver mellem",
    "de": "der die das und in zu den dem des ein eine einer einem einen ist sind war waren von mit auf für im am"
    " als auch nicht sich es er sie wir ich an bei nach aus wie aber oder wenn dass daß hat haben wird werden"
    " wurde durch über um noch nur so zum zur vor bis seit ihre seine mehr kann",
    "en": "the of and to in is that for it was on with as be by at from this are were an or which had not but have"
    " has his her they their you we he she its been would will there when who what more if about into than"
    " them can could after other also most our no",
    "es": "el la los las un una y o de del al en con por para que no es son fue ha han como más pero este esta"
    " estos estas también entre hasta su sus cuando donde muy ya ser se lo le les sin sobre desde había porque"
    " todo años dos ese esa sido según durante",
    "et": "ja on ei et see oli ka mis kui oma aga nii ning seda tema välja siis või kes ta ma me te nad selle"
    " pärast juba veel kas mida olid olnud eest peale üle kuni järgi alates mitte enam kõik oleks kuid",
    "fi": "ja on ei että se oli hän ovat olivat myös kun mutta joka jotka ole olla sen tai niin kuin mukaan vain jo"
    " hänen ollut sitä tämä tämän vielä jos mitä siitä he nyt sekä joita kanssa jossa jälkeen ennen eivät voi"
    " minä me",
    "fr": "le la les un une et ou de du des à au aux en dans avec par pour que qui ne pas est sont était a ont"
    " comme plus mais ce cette ces aussi entre son sa ses leur leurs quand où très se il elle ils elles nous"
    " vous je on sans sur été être l d qu n s c y tout deux selon depuis",
    "gl": "o a os as un unha e ou de do da dos das ao á en no na nos nas con por para que non é son foi como máis"
    " pero este esta tamén entre ata seu súa seus cando onde moi xa ser se lle sen sobre desde había porque"
    " todo anos dous polo pola",
    "hr": "i u je se na da su za od s sa iz o koji koja koje kao ali ili ne nije bio bila bilo će bi što to taj ova"
    " ovaj kako već samo još po do prema nakon prije između njegov njezin također gdje kada ako te pri više"
    " jer smo sam sve rekao tijekom",
    "hu": "a az és hogy nem is egy volt meg de csak már ez el még azt van ha mint vagy ki fel kell majd lesz után"
    " szerint mert minden között lehet olyan amely amelyek akik ami pedig ezt itt ott most nagyon sem voltak",
    "id": "yang dan di ke dari ini itu untuk dengan pada tidak adalah akan dalam juga oleh atau karena bahwa mereka"
    " kami kita ia telah sudah ada lebih bisa dapat saat sebagai antara tersebut seperti namun para saya hanya"
    " tahun harus setelah",
    "it": "il lo la i gli le un una uno e o di del della dei delle degli a al alla ai in nel nella con per da dal"
    " dalla che non è sono era ha hanno come più ma questo questa questi anche tra fino suo sua suoi quando"
    " dove molto già essere si ci l d senza su sul sulla stato dopo due c",
    "lt": "ir yra kad į iš su ne tai kaip bet o ar buvo už po per apie dėl nuo iki jis ji jie jos jo šis ši šios"
    " kuris kuri kurie taip pat tik jau dar bus būti savo mūsų metų metais prie tarp pagal jei labai kai nes"
    " daugiau",
    "lv": "un ir ka no uz ar bet tas tā kā par lai arī pie pēc gan nav bija viņš viņa viņi šo šis tikai vai jau vēl"
    " kas kurš kuri savu būs līdz pret starp gada gadā ja ļoti vairāk tiek nevar kad",
    "nb": "og i at det en et er den til på som de med han av for ikke der var meg seg men har om vi min hadde ham"
    " hun nå over da fra du ut sin dem oss opp man hans hvor eller hva skal selv her alle vil ble kunne inn"
    " når være noe hvis denne dette etter ved mange bli siden også blir mellom ei noen",
    "nl": "de het een en van in is dat op te zijn met voor niet aan er om ook als dan maar bij of door over naar"
    " uit nog wel worden werd wordt was waren heeft hebben had die dit deze hij zij ze wij we ik je kan zou"
    " zal meer tot hun haar geen al tegen onder sinds tussen",
    "pl": "i w z na do się nie że to jest są był była było o od po za dla przez jak ale lub oraz także który która"
    " które którzy jego jej ich by będzie już tylko tak co gdy aby przed między aż ma przy też ze ten ta może"
    " jako jeszcze roku",
    "pt": "o a os as um uma e ou de do da dos das ao à em no na nos nas com por para que não é são foi como mais"
    " mas este esta também entre até seu sua seus suas quando onde muito já ser se lhe sem sobre desde havia"
    " porque tudo anos dois pelo pela isso ele ela",
    "ro": "și şi în la de cu pe din că nu este sunt a au o un unei unui sau pentru care mai dar ca acest această"
    " aceste și-a fost era fi prin între până său sa lor când unde foarte se să al ale ai după despre fără"
    " cele cel dintre doar iar ce fiind",
    "sk": "a i v vo na sa si že je sú bol bola bolo boli to ten tá do z zo s so k ku o od po za pre pri podľa ako"
    " ale alebo aj ktorý ktorá ktoré jeho jej ich by som bude nie už len tak čo keď aby pred medzi až má proti",
    "sl": "in v je se na da so za od s z iz o ki kot ali ne ni bil bila bilo bo bi kaj to ta kako že samo še po do"
    " pri pred med njegov njen tudi kjer ko če več ker smo sem vse pa ter lahko zaradi leta proti",
    "sv": "och i att det en ett är den till på som de med han av för inte där var mig sig men har om vi min hade"
    " honom hon nu över då från du ut sin dem oss upp man hans eller vad ska själv här alla vill blev kunde in"
    " när vara något denna detta efter vid många bli sedan också blir mellan några ej",
    "tr": "ve bir bu da de için ile çok daha olarak olan gibi ne o en kadar sonra var ama ya ki her değil mi ben"
    " sen biz onun oldu olduğu tarafından ise göre diye içinde üzerinde ancak veya yıl iki yok şey",
    "vi": "và của là có không được trong cho với các những một này đó người khi đã từ cũng để như về tại trên ra"
    " vào đến nhiều sẽ hơn theo sau năm bị nhưng rằng họ tôi ông làm",
}
"""The words of languages in Latin letters."""

CYRILLIC = {
    "bg": "и в на да се не е са за от с със че по като но или който която които това този тази при до след беше"
    " бяха може ще си му го ги най много когато само още вече как какво защото между има няма към през",
    "mk": "и во на да се не е за од со дека по како но или кој која кои ова овој оваа при до беше биле може ќе си"
    " му го ги нај многу кога само уште веќе што бидејќи меѓу има нема кон низ сум сме",
    "ru": "и в на не что с он она они это как но а к по из у за от о же так все его ее её их был была было были для"
    " до или если когда только уже еще ещё который которая которые при после также чтобы во со об мы я вы где"
    " есть между",
    "sr": "и у је се на да су за од са из о који која које као али или не није био била било ће би што то тај ова"
    " овај како већ само још по до према након пре између његов њен такође где када ако при више јер смо сам"
    " све",
    "uk": "і й в у на не що з він вона вони це як але а до по із та за від про ж так всі його її їх був була було"
    " були для або якщо коли тільки вже ще який яка які при після також щоб зі ми я ви де є між через",
}
"""The words of languages in Cyrillic letters."""
