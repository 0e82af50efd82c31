"""First names that tell whether `he` or `she` may stand for somebody: common ones, and no one's that are both."""

MALE = frozenset(
    "adam adrian ahmed alan albert alexander alfred ali andreas andrew anthony antonio arthur ben benedikt "
    "benjamin bernard bill bjorn brian bruno callum carl carlos charles christian christopher colin craig "
    "daniel david dennis derek desmond dieter dominic donald douglas dougal edgar edward edwin emil eric erik "
    "ernest felix francis francisco frank franz fred frederick gareth gary gavin geoffrey george gerald giles "
    "gordon graham gregory gunnar gustav hamish hans harold harry henry herbert howard hugh hugo ian igor ivan "
    "jack jacob jakob james jan jason jean jeffrey jeremy jerome jim joe johan johann john jon jonas jonathan "
    "jorge jose joseph juan julian jurgen karl keith kenneth kevin klaus kofi lars laurence lawrence leon "
    "leonard lewis liam lorenzo louis lucas luca luis luke magnus malcolm marc marco mario mark martin matthew "
    "max michael miguel mohamed mohammed muhammad neil nicholas nicolas nigel oliver olaf ole oscar otto owen "
    "pablo pascal patrick paul pedro per peter philip pierre rafael ralph raymond rene richard robert roderick "
    "roger roland ronald rory ross ruben rupert russell ryan samuel scott sean sebastian sergei simon stanley "
    "stefan stephen steven stig stuart sven terence theodore thomas timothy tobias tom tony tor trevor victor "
    "viktor vincent vladimir walter wilhelm william wim wolfgang xavier yusuf zoltan zsolt".split()
)

FEMALE = frozenset(
    "abigail ada agathe agnes aisha alexandra alice alicia alison amanda amelia amy ana andrea angela anita "
    "ann anna anne annette anneli antonia astrid audrey barbara beatrice bernadette beth birgit brenda bridget "
    "brigitte camilla carmen carol caroline catherine cecilia celia charlotte chloe christina christine clara "
    "claire claudia consolata corina cristina daphne deborah delphine diana dolores dorothy edith eileen "
    "elaine eleanor elena elisabeth elizabeth ella ellen elsa emily emma erika esther eva eve fatima fenella "
    "fiona florence frances franziska gabriela georgia gertrude gillian grace greta hanna hannah harriet "
    "heather heidi helen helena henrike hilda ida ilse imogen ines ingeborg ingrid irene isabel isabella jane "
    "janet jennifer jessica joan joanna josephine joyce judith julia juliet karen katarina kate katherine "
    "kathleen katrin laura leonie lilla linda lisa louise lucia lucy lydia madeleine margaret maria marie "
    "marion marit marta martha mary maud maya megan meret michelle miriam monica nadia nancy naomi natalie "
    "nicola nina nora olga olivia pamela patricia paula pauline penelope petra philippa priya rachel rebecca "
    "regine renata rita rosa rosalind rose rosemary ruth sandra sara sarah shirley shona sigrid silvia sofia "
    "sonia sophia sophie stella susan susanna sylvia tanya teresa theresa ursula valerie vanessa vera veronica "
    "victoria virginia wendy wilhelmina yolanda yvonne zoe".split()
)
