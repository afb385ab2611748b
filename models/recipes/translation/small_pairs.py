"""Small pairs of our own, for what the pool seldom says: names of places and people, food, comparisons, plans and conditions.

Each is a template with words from small_lists.py in its slots. They only add to the pool: vocabulary and lexicon are learned without them.
"""
import re

import numpy as np

from small_lists import LISTS, entries

SLOT = re.compile(r"\{(\w+?)\d?\}")
# Only before a verb: English has other pronouns elsewhere.
WHO = LISTS["person"] + (("他", "he"), ("她", "she")) * 6
SLOTS = LISTS | {"place": LISTS["country"] + LISTS["region"], "who": WHO}
# Chinese=English. A digit tells two slots of one list apart; they never get the same words.
TEMPLATES = entries(
    "{who}{next}要去{place}。={who} is going to {place} {next}.|{who}{next}去{place}旅行。={who} is traveling to {place} {next}.|"
    "我{next}{by}去{place}。=I am going to {place} {by} {next}.|他们{next}会到{place}。=They will arrive in {place} {next}.|"
    "我们{past}去了{place}。=We went to {place} {past}.|{who}{past}从{place}回来了。={who} came back from {place} {past}.|"
    "{who}在{place}住了{since}。={who} has lived in {place} for {since}.|{who}住在{place}。={who} lives in {place}.|"
    "{who}是从{place}来的。={who} is from {place}.|{who}出生在{place}。={who} was born in {place}.|"
    "你去过{place}吗？=Have you ever been to {place}?|我从来没去过{place}。=I have never been to {place}.|"
    "{place}的天气怎么样？=What's the weather like in {place}?|{place}比{place2}{moreplace}。={place} is {moreplace} than {place2}.|"
    "{place}没有{place2}那么远。={place} is not as far away as {place2}.|"
    "从{place}到{place2}有多远？=How far is it from {place} to {place2}?|"
    "从{place}到{place2}坐飞机要{long}。=It takes {long} to fly from {place} to {place2}.|"
    "{country}和{country2}之间的关系越来越好。=The relations between {country} and {country2} are getting better and better.|"
    "{person}在{place}工作，{person2}在{place2}上学。={person} works in {place}, and {person2} goes to school in {place2}.|"
    "{place}以{food}闻名。={place} is famous for its {food}.|"
    "我想去{place}，因为那里有很多朋友。=I want to go to {place} because I have many friends there.|"
    "{past}，{place}发生了地震。=There was an earthquake in {place} {past}.|"
    "{country}的总统{past}访问了{country2}。=The president of {country} visited {country2} {past}.|"
    "去{place}的火车几点开？=What time does the train to {place} leave?|这趟航班飞往{place}。=This flight goes to {place}.|"
    "{who}比{person}{moreperson}。={who} is {moreperson} than {person}.|"
    "{who}没有{person}那么{trait}。={who} is not as {trait} as {person}.|{who}和{person}一样{trait}。={who} is as {trait} as {person}.|"
    "{who}今天很{trait}。={who} is very {trait} today.|{who}看起来很{trait}。={who} looks very {trait}.|"
    "为什么{person}这么{trait}？=Why is {person} so {trait}?|{item}没有那个{quality}。={item} is not as {quality} as that one.|"
    "{item}真{quality}！={item} is really {quality}!|我觉得{item}很{quality}。=I think {item} is very {quality}.|"
    "{item}没有我想的那么{quality}。={item} is not as {quality} as I thought.|"
    "{item}太{quality}了，我不想要。={item} is too {quality}; I don't want it.|"
    "这里的{food}比那家餐馆的好吃。=You can get better {food} here than at that restaurant.|"
    "{person}做的{food}很好吃。={person} makes very good {food}.|"
    "我爸爸做的{food}比{food2}好吃。=My father makes better {food} than {food2}.|"
    "{food}和{food2}，你更喜欢哪个？=Which do you like better, {food} or {food2}?|{who}不吃{food}。={who} doesn't eat {food}.|"
    "{who}最喜欢吃{food}。={who} likes eating {food} the most.|我们晚饭吃{food}吧。=Let's have {food} for dinner.|"
    "{who}{past}买了{food}和{food2}。={who} bought {food} and {food2} {past}.|"
    "你想吃{food}还是{food2}？=Would you like {food} or {food2}?|这里的{food}多少钱？=What is the price of the {food} here?|"
    "冰箱里没有{food}了。=We have no {food} left in the fridge.|请给我一杯{drink}。=Please give me {drink}.|"
    "你想喝一杯{drink}吗？=Would you like {drink}?|{who}点了一杯{drink}。={who} ordered {drink}.|"
    "请问，{town}怎么走？=Excuse me, how do I get to the {town}?|最近的{town}在哪里？=Where is the nearest {town}?|"
    "{town}离这里有多远？=How far is the {town} from here?|{town}就在{town2}旁边。=The {town} is right next to the {town2}.|"
    "{town}在{town2}对面。=The {town} is across from the {town2}.|{who}在{town}等我。={who} is waiting for me at the {town}.|"
    "我们{next}{clock}在{town}见面吧。=Let's meet at the {town} at {clock} {next}.|{town}{clock}关门。=The {town} closes at {clock}.|"
    "{who}{by}去{town}。={who} goes to the {town} {by}.|从我家到{town}{by}要{long}。=It takes {long} from my home to the {town} {by}.|"
    "{person}{past}在{town}丢了{thing}。={person} lost {thing} at the {town} {past}.|"
    "{who}{past}买了{thing}。={who} bought {thing} {past}.|我想给{person}买{thing}。=I want to buy {thing} for {person}.|"
    "{who}送给我{thing}。={who} gave me {thing}.|我看见桌子上有{thing}。=I see {thing} on the table.|我需要{thing}。=I need {thing}.|"
    "请把{thing}拿给{person}。=Please bring {person} {thing}.|{who}忘了带{thing}。={who} forgot to bring {thing}.|"
    "{who}在{town}附近看见过{animal}。={who} once saw {animal} near the {town}.|{who}养了{animal}。={who} has {animal}.|"
    "院子里有{animal}。=There is {animal} in the yard.|{who}是{job}。={who} is {job}.|{who}想当{job}。={who} wants to be {job}.|"
    "{who}曾经是{job}。={who} used to be {job}.|{who}不是{job}，是{job2}。={who} is not {job} but {job2}.|"
    "{who}会说{language}和{language2}。={who} can speak {language} and {language2}.|你会说{language}吗？=Can you speak {language}?|"
    "{who}学{language}学了{since}。={who} has been learning {language} for {since}.|"
    "{language}比{language2}难。={language} is more difficult than {language2}.|"
    "这个词用{language}怎么说？=How do you say this word in {language}?|"
    "这封信是用{language}写的。=This letter is written in {language}.|{who}在大学学{subject}。={who} studies {subject} at university.|"
    "{person}觉得{subject}比{subject2}有意思。={person} finds {subject} more interesting than {subject2}.|"
    "我们{next}有{subject}考试。=We have a {subject} exam {next}.|{who}教{subject}教了{since}。={who} has taught {subject} for {since}.|"
    "{who}会{can}，但是不会{can2}。={who} can {can} but can't {can2}.|你会{can}吗？=Can you {can}?|"
    "{who}喜欢{like}和{like2}。={who} likes {like} and {like2}.|{who}不喜欢{like}。={who} doesn't like {like}.|"
    "比起{like}，我更喜欢{like2}。=I like {like2} more than {like}.|{who}{habit}都想{do}。={who} wants to {do} {habit}.|"
    "你应该{do}。=You should {do}.|我{next}得{do}。=I have to {do} {next}.|{person}让我{do}。={person} told me to {do}.|"
    "{who}不想{do}。={who} doesn't want to {do}.|别忘了{do}。=Don't forget to {do}.|"
    "我累了，不想{do}。=I am tired and don't want to {do}.|先{do}，然后{do2}。=First {do}, then {do2}.|"
    "你能帮我{do}吗？=Can you help me {do}?|{who}{next}打算{do}。={who} plans to {do} {next}.|"
    "如果明天{weather}，我们就待在家里。=If {weather} tomorrow, we will stay at home.|"
    "因为{weather}，所以比赛取消了。=Because {weather}, the game was canceled.|如果你累了，就{do}吧。=If you are tired, {do}.|"
    "如果{next}有时间，我想{do}。=If I have time {next}, I want to {do}.|"
    "如果你看见{person}，请告诉我。=If you see {person}, please tell me.|"
    "要是{person}来晚了，我们就先走。=If {person} comes late, we will leave first.|"
    "{person}说{who}{next}来。={person} said that {who} is coming {next}.|"
    "我不知道{person}为什么没来。=I don't know why {person} didn't come.|"
    "{person}问我{who}住在哪里。={person} asked me where {who} lives.|"
    "虽然{person}很{trait}，但是{person2}不{trait}。=Although {person} is {trait}, {person2} is not.|"
    "因为{person}很{trait}，所以大家都喜欢和{person2}在一起。=Because {person} is very {trait}, everyone prefers to be with {person2}.|"
    "{who}昨天{clock}起床。={who} got up at {clock} yesterday.|{who}每天{clock}上班。={who} goes to work at {clock} every day.|"
    "会议{next}{clock}开始。=The meeting starts at {clock} {next}.|"
    "我等了{long}，{person}才来。=I waited for {long} before {person} came.|"
    "{person}和{person2}认识{since}了。={person} and {person2} have known each other for {since}.|"
    "{person}和{person2}{past}结婚了。={person} and {person2} got married {past}.|"
    "{person}给{person2}打了{long}电话。={person} talked to {person2} on the phone for {long}.|"
    "{person}正在和{person2}说话。={person} is talking with {person2}."
)


def fill(template: tuple[str, str], rng: np.random.Generator) -> tuple[str, str]:
    """Chinese and English, with words for the same things in the slots."""
    chinese, english = template
    taken: set[tuple[str, str]] = set()
    for slot in sorted({match.group() for match in re.finditer(r"\{\w+\}", chinese)}):
        words = SLOTS[SLOT.fullmatch(slot).group(1)]
        free = [entry for entry in words if entry not in taken]
        entry = free[rng.integers(len(free))]
        taken.add(entry)
        chinese, english = chinese.replace(slot, entry[0]), english.replace(slot, entry[1])
    return chinese, english[0].upper() + english[1:]


def small_pairs(count: int, seed: int) -> list[tuple[str, str]]:
    """Different pairs, Chinese and English."""
    rng = np.random.default_rng(seed)
    pairs: dict[tuple[str, str], None] = {}
    while len(pairs) < count:
        pairs[fill(TEMPLATES[rng.integers(len(TEMPLATES))], rng)] = None
    return list(pairs)
