"""Sentences of our own in many languages, four each, to measure the guess of a language on."""

from __future__ import annotations

SENTENCES = {
    "ca": (
        "El consell municipal va aprovar ahir el pressupost de l'any que ve amb els vots de tres grups.",
        "Els veïns diuen que no hi ha prou autobusos i que els carrers són bruts.",
        "La biblioteca tancarà durant l'estiu per fer-hi obres, però també obrirà un punt de préstec.",
        "Segons l'alcaldessa, aquesta és la millor manera de gastar els diners de tots.",
    ),
    "da": (
        "Kommunen vedtog i går budgettet for næste år efter en lang debat, som varede til midnat.",
        "Mange af beboerne siger, at der ikke er nok busser, og at gaderne er beskidte.",
        "Biblioteket lukker om sommeren, men der bliver også åbnet et sted, hvor man kan låne bøger.",
        "Ifølge borgmesteren er det den bedste måde at bruge pengene på, og hun skal nok få ret.",
    ),
    "de": (
        "Der Stadtrat hat gestern den Haushalt für das nächste Jahr mit den Stimmen dreier Gruppen beschlossen.",
        "Die Nachbarn sagen, dass es nicht genug Busse gibt und die Straßen schmutzig sind.",
        "Die Bücherei wird im Sommer wegen Bauarbeiten geschlossen, aber eine Ausgabestelle bleibt offen.",
        "Nach den Worten der Bürgermeisterin ist das die beste Art, das Geld aller auszugeben.",
    ),
    "el": (
        "Το δημοτικό συμβούλιο ενέκρινε χθες τον προϋπολογισμό του επόμενου έτους.",
        "Οι κάτοικοι λένε ότι δεν υπάρχουν αρκετά λεωφορεία και ότι οι δρόμοι είναι βρώμικοι.",
        "Η βιβλιοθήκη θα κλείσει το καλοκαίρι για εργασίες.",
        "Σύμφωνα με τη δήμαρχο, αυτός είναι ο καλύτερος τρόπος να ξοδευτούν τα χρήματα.",
    ),
    "en": (
        "The town council passed next year's budget yesterday with the votes of three groups.",
        "People in the street say that there are not enough buses and that the pavements are dirty.",
        "The library will be closed in the summer for building work, but books can still be borrowed.",
        "According to the mayor, this is the best way to spend what belongs to all of us.",
    ),
    "es": (
        "El consejo municipal aprobó ayer el presupuesto del próximo año con los votos de tres grupos.",
        "Los vecinos dicen que no hay suficientes autobuses y que las calles están sucias.",
        "La biblioteca cerrará durante el verano por obras, pero también abrirá un punto de préstamo.",
        "Según la alcaldesa, esta es la mejor manera de gastar el dinero de todos.",
    ),
    "fi": (
        "Kaupunginvaltuusto hyväksyi eilen ensi vuoden talousarvion, ja sen jälkeen kaikki lähtivät kotiin.",
        "Asukkaat sanovat, että busseja ei ole tarpeeksi ja että kadut ovat likaisia.",
        "Kirjasto on kesällä kiinni remontin vuoksi, mutta kirjoja voi vielä lainata myös muualta.",
        "Pormestarin mukaan se on paras tapa käyttää rahaa, joka kuuluu kaikille, vaikka hän ei ollut siitä varma.",
    ),
    "fr": (
        "Le conseil municipal a adopté hier le budget de l'année prochaine avec les voix de trois groupes.",
        "Les habitants disent qu'il n'y a pas assez de bus et que les rues sont sales.",
        "La bibliothèque sera fermée pendant l'été pour des travaux, mais un point de prêt restera ouvert.",
        "Selon la maire, c'est la meilleure façon de dépenser l'argent de tous.",
    ),
    "hr": (
        "Gradsko vijeće je jučer usvojilo proračun za sljedeću godinu nakon duge rasprave.",
        "Stanari kažu da nema dovoljno autobusa i da su ulice prljave, a to nije ništa novo.",
        "Knjižnica će se ljeti zatvoriti zbog radova, ali će se knjige moći posuditi i na drugom mjestu.",
        "Gradonačelnica je rekla kako je to najbolji način da se potroši novac koji pripada svima.",
    ),
    "it": (
        "Il consiglio comunale ha approvato ieri il bilancio del prossimo anno con i voti di tre gruppi.",
        "Gli abitanti dicono che non ci sono abbastanza autobus e che le strade sono sporche.",
        "La biblioteca resterà chiusa durante l'estate per lavori, ma un punto di prestito sarà aperto.",
        "Secondo la sindaca, questo è il modo migliore di spendere i soldi di tutti.",
    ),
    "ja": (
        "市議会は昨日、来年度の予算を可決した。",
        "住民はバスが足りないと話している。",
        "図書館は夏の間、工事のため閉まる。",
        "市長によれば、これが一番よいお金の使い方だという。",
    ),
    "ko": (
        "시의회는 어제 내년 예산을 통과시켰다.",
        "주민들은 버스가 부족하고 거리가 더럽다고 말한다.",
        "도서관은 여름 동안 공사로 문을 닫는다.",
        "시장은 이것이 돈을 쓰는 가장 좋은 방법이라고 말했다.",
    ),
    "lt": (
        "Miesto taryba vakar po ilgų ginčų patvirtino kitų metų biudžetą, ir tai buvo ne visiems malonu.",
        "Gyventojai sako, kad autobusų nepakanka ir kad gatvės yra purvinos.",
        "Biblioteka vasarą bus uždaryta dėl remonto, bet knygas dar bus galima pasiimti kitur.",
        "Merė sako, kad tai yra geriausias būdas išleisti pinigus, kurie priklauso visiems, ir ji tai jau sakė.",
    ),
    "mk": (
        "Градскиот совет вчера го усвои буџетот за следната година по долга расправа.",
        "Жителите велат дека нема доволно автобуси и дека улиците се валкани.",
        "Библиотеката ќе биде затворена во лето, но книгите ќе може да се земат и на друго место.",
        "Градоначалничката рече дека ова е најдобриот начин да се потрошат парите кои се на сите.",
    ),
    "nb": (
        "Kommunestyret vedtok i går budsjettet for neste år etter en lang debatt som varte til midnatt.",
        "Mange av beboerne sier at det ikke er nok busser, og at noen av gatene er skitne.",
        "Biblioteket er stengt om sommeren, men det blir også åpnet et sted der man kan låne bøker.",
        "Ifølge ordføreren er det den beste måten å bruke pengene på, og hun er ikke alene om det, sier hun nå.",
    ),
    "nl": (
        "De gemeenteraad heeft gisteren de begroting voor het volgende jaar met de stemmen van drie groepen gesteund.",
        "De bewoners zeggen dat er niet genoeg bussen zijn en dat de straten vuil zijn.",
        "De bibliotheek wordt in de zomer gesloten, maar er blijft ook een plek waar je boeken kan lenen.",
        "Volgens de burgemeester is dit de beste manier om het geld van iedereen uit te geven.",
    ),
    "pl": (
        "Rada miasta przyjęła wczoraj budżet na przyszły rok po długiej dyskusji, która trwała do północy.",
        "Mieszkańcy mówią, że nie ma dość autobusów i że ulice są brudne.",
        "Biblioteka będzie latem zamknięta, ale książki można będzie wypożyczyć także w innym miejscu.",
        "Burmistrz mówi, że to jest najlepszy sposób na wydanie pieniędzy, które należą do wszystkich.",
    ),
    "pt": (
        "O conselho municipal aprovou ontem o orçamento do próximo ano com os votos de três grupos.",
        "Os moradores dizem que não há autocarros suficientes e que as ruas estão sujas.",
        "A biblioteca vai fechar no verão para obras, mas também vai abrir um posto de empréstimo.",
        "Segundo a presidente, esta é a melhor maneira de gastar o dinheiro que é de todos.",
    ),
    "ro": (
        "Consiliul local a aprobat ieri bugetul pentru anul viitor cu voturile a trei grupuri.",
        "Locuitorii spun că nu sunt destule autobuze și că străzile sunt murdare.",
        "Biblioteca va fi închisă în timpul verii, dar cărțile vor putea fi împrumutate și din alt loc.",
        "Primarul spune că aceasta este cea mai bună cale de a cheltui banii care sunt ai tuturor.",
    ),
    "ru": (
        "Городской совет вчера принял бюджет на следующий год после долгих споров, и не все были этому рады.",
        "Жители говорят, что автобусов не хватает и что на улицах грязно.",
        "Библиотека летом будет закрыта, но книги можно будет взять и в другом месте.",
        "По словам мэра, это лучший способ потратить деньги, которые принадлежат всем.",
    ),
    "sl": (
        "Mestni svet je včeraj po dolgi razpravi sprejel proračun za prihodnje leto.",
        "Prebivalci pravijo, da ni dovolj avtobusov in da so ulice umazane.",
        "Knjižnica bo poleti zaprta, vendar si bo knjige še mogoče izposoditi tudi drugje.",
        "Županja pravi, da je to najboljši način, kako porabiti denar, ki je last vseh.",
    ),
    "sv": (
        "Kommunen antog i går budgeten för nästa år efter en lång debatt som varade till midnatt.",
        "Många av de boende säger att det inte finns tillräckligt med bussar och att gatorna är smutsiga.",
        "Biblioteket är stängt på sommaren, men det öppnas också ett ställe där man kan låna böcker.",
        "Enligt borgmästaren är det här det bästa sättet att använda pengarna, och hon är inte ensam om det.",
    ),
    "uk": (
        "Міська рада вчора ухвалила бюджет на наступний рік після довгих суперечок, і не всі були цьому раді.",
        "Мешканці кажуть, що автобусів не вистачає і що на вулицях брудно.",
        "Бібліотека влітку буде зачинена, але книжки можна буде взяти й в іншому місці.",
        "За словами мера, це найкращий спосіб витратити гроші, які належать усім.",
    ),
    "zh": (
        "市议会昨天通过了明年的预算。",
        "居民说公共汽车不够，街道也很脏。",
        "图书馆夏天因施工关闭，但仍可以借书。",
        "市长说，这是花大家的钱最好的办法。",
    ),
}
"""For every language that spaCy has trained pipelines for."""

OTHERS = {
    "bg": (
        "Градският съвет вчера прие бюджета за следващата година след дълъг спор.",
        "Хората казват, че няма достатъчно автобуси и че улиците са мръсни.",
        "Библиотеката ще бъде затворена през лятото, но книги ще може да се вземат и от друго място.",
    ),
    "cs": (
        "Zastupitelstvo včera schválilo rozpočet na příští rok a nebylo to poprvé, co se o něm jednalo do noci.",
        "Obyvatelé říkají, že není dost autobusů a že ulice jsou špinavé.",
        "Knihovna bude v létě zavřená, ale knihy si bude možné půjčit také jinde.",
    ),
    "hu": (
        "A városi tanács tegnap elfogadta a jövő évi költségvetést, és ez nem volt könnyű.",
        "A lakók azt mondják, hogy nincs elég busz, és hogy az utcák piszkosak.",
        "A könyvtár nyáron zárva lesz, de könyvet még lehet kölcsönözni egy másik helyen.",
    ),
    "tr": (
        "Belediye meclisi dün gelecek yılın bütçesini uzun bir tartışmadan sonra kabul etti.",
        "Burada oturanlar otobüslerin yeterli olmadığını ve sokakların çok kirli olduğunu söylüyor.",
        "Kütüphane yaz boyunca kapalı olacak ama kitaplar başka bir yerden de alınabilecek.",
    ),
}
"""Languages without one, which must not be taken for one of the others."""
