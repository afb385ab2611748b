"""The lists that small texts are made from: subjects, names, what is done, and what is given up."""
FIELDS = (
    "medicine|farming|teaching|journalism|cooking|tourism|fishing|physics|banking|nursing|music|sport|forestry|mining|"
    "archaeology|astronomy|publishing|shipping|engineering|chemistry|theatre|photography|baking|gardening|trade|"
    "computer vision|public health|market research|city planning|water polo|political science|weather forecasting|"
    "language teaching|film making|social work|software testing|speech recognition"
).split("|")
GROUPS = (
    "the club|the school|the city|the museum|the team|the company|the village|the library|the hospital|the orchestra|"
    "the council|the university|the bakery|the airline|the harbour|the newspaper|the choir|the laboratory|the hotel|"
    "the bank|the ministry|the theatre|the family|the union"
).split("|")
PEOPLE = (
    "Anna Peter Maria Paul Lucy Omar Nina Victor Clara Hassan Julia Martin Helen Igor Sofia Daniel Mei Tom Laura Ahmed "
    "Ruth Felix Emma Carlos Ingrid Samuel Yuki Olga Leo Grace"
).split()
# (verb, its past tense, what it is done to)
ACTIONS = tuple(
    (verb, past, things.split("|"))
    for verb, past, things in (
        ("plant", "planted", "apple trees|a hedge|two rows of beans|wild flowers"),
        ("repair", "repaired", "the roof|the old pump|the bridge|broken windows"),
        ("train", "trained", "young players|new nurses|the dogs|mechanics"),
        ("measure", "measured", "every treatment|the depth of the lake|all results|the noise at night"),
        ("share", "shared", "the data|the tools|a room with two others|every recipe"),
        ("hire", "hired", "two nurses|a second cook|people from the region|a translator"),
        ("paint", "painted", "the fence|the doors blue|a portrait of the mayor|the kitchen"),
        ("collect", "collected", "rain water|old maps|stories from the elders|better samples"),
        ("use", "used", "cheaper sensors|open software|wind power|statistics with care|artificial intelligence"),
        (
            "apply",
            "applied",
            "simple rules|new statistical methods|modern tools|what was learned at sea|"
            "computer simulation|deep networks",
        ),
        ("adopt", "adopted", "electric engines|shorter shifts|open standards|robots for heavy work"),
        ("learn", "learned", "from mistakes|to listen|a second language|statistics"),
        ("build", "built", "a new stage|small boats|cheaper instruments|a wall of stone"),
        ("teach", "taught", "children to swim|evening classes|programming to everyone|the apprentices"),
        ("sell", "sold", "the old building|bread online|tickets at the door|fewer printed copies"),
        ("buy", "bought", "a larger oven|second-hand bicycles|fish from local boats|a piano"),
        ("write", "wrote", "a long letter|a report on safety|shorter articles|the programme notes"),
        ("read", "read", "the old diaries|the instructions twice|a poem aloud|the meter"),
        ("clean", "cleaned", "the beach|all the windows|the brushes|the engine"),
        ("open", "opened", "a second branch|the archive to visitors|the windows|a small café"),
        ("protect", "protected", "the wetlands|young fish|the privacy of patients|old buildings"),
        ("study", "studied", "the habits of birds|ocean currents|the causes of errors|rare languages"),
        ("cook", "cooked", "lentil soup|dinner for twelve|rice with saffron|the mushrooms"),
        ("carry", "carried", "the heavy boxes|the lamp|two buckets of water|the injured hiker"),
        ("record", "recorded", "every conversation|old songs|the temperature each hour|bird calls at dawn"),
        ("replace", "replaced", "the wooden beams|paper forms|the brakes|guesses by experiments"),
        ("invite", "invited", "former members|a famous pianist|the neighbours|schools from abroad"),
        ("test", "tested", "new materials|each machine twice|the alarm|ideas in small trials"),
    )
)
# What is to end: (as it stands in the text, the thing given up)
FAREWELLS = tuple(
    (f"{verb} {thing}{rest}", thing)
    for verb, rest in (("abandon", ""), ("give up", ""), ("leave", " behind"), ("forget about", ""), ("drop", ""))
    for thing in (
        "old habits|paper forms|guesswork|secret recipes|long meetings|coal|weekly reports|superstition|"
        "cheap plastics|printed tickets|night shifts|tradition for its own sake"
    ).split("|")
)
