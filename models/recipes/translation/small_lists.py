"""Lists that small pairs are made from. The name of a list is a slot of their templates."""


def entries(text: str) -> tuple[tuple[str, str], ...]:
    """Chinese=English|Chinese=English|… as pairs."""
    return tuple(tuple(entry.split("=")) for entry in text.split("|"))


LISTS = {
    "country": entries(
        "中国=China|美国=the United States|英国=the United Kingdom|英格兰=England|法国=France|德国=Germany|日本=Japan|韩国=South Korea|"
        "俄罗斯=Russia|印度=India|加拿大=Canada|澳大利亚=Australia|新西兰=New Zealand|意大利=Italy|西班牙=Spain|葡萄牙=Portugal|"
        "荷兰=the Netherlands|比利时=Belgium|瑞士=Switzerland|奥地利=Austria|瑞典=Sweden|挪威=Norway|丹麦=Denmark|芬兰=Finland|"
        "冰岛=Iceland|爱尔兰=Ireland|波兰=Poland|捷克=the Czech Republic|匈牙利=Hungary|希腊=Greece|土耳其=Turkey|乌克兰=Ukraine|"
        "埃及=Egypt|南非=South Africa|肯尼亚=Kenya|尼日利亚=Nigeria|摩洛哥=Morocco|以色列=Israel|伊朗=Iran|伊拉克=Iraq|"
        "沙特阿拉伯=Saudi Arabia|巴基斯坦=Pakistan|阿富汗=Afghanistan|泰国=Thailand|越南=Vietnam|马来西亚=Malaysia|新加坡=Singapore|"
        "印度尼西亚=Indonesia|菲律宾=the Philippines|蒙古=Mongolia|巴西=Brazil|阿根廷=Argentina|墨西哥=Mexico|智利=Chile|秘鲁=Peru|"
        "古巴=Cuba"
    ),
    "region": entries(
        "北京=Beijing|上海=Shanghai|广州=Guangzhou|深圳=Shenzhen|天津=Tianjin|重庆=Chongqing|成都=Chengdu|杭州=Hangzhou|南京=Nanjing|"
        "西安=Xi'an|武汉=Wuhan|苏州=Suzhou|青岛=Qingdao|大连=Dalian|厦门=Xiamen|昆明=Kunming|哈尔滨=Harbin|长沙=Changsha|四川=Sichuan|"
        "云南=Yunnan|广东=Guangdong|西藏=Tibet|新疆=Xinjiang|香港=Hong Kong|澳门=Macau|台湾=Taiwan|台北=Taipei|纽约=New York|"
        "华盛顿=Washington|洛杉矶=Los Angeles|芝加哥=Chicago|旧金山=San Francisco|波士顿=Boston|伦敦=London|巴黎=Paris|柏林=Berlin|"
        "慕尼黑=Munich|罗马=Rome|威尼斯=Venice|米兰=Milan|马德里=Madrid|巴塞罗那=Barcelona|里斯本=Lisbon|阿姆斯特丹=Amsterdam|"
        "布鲁塞尔=Brussels|维也纳=Vienna|日内瓦=Geneva|莫斯科=Moscow|东京=Tokyo|大阪=Osaka|京都=Kyoto|首尔=Seoul|曼谷=Bangkok|"
        "悉尼=Sydney|墨尔本=Melbourne|多伦多=Toronto|开罗=Cairo|伊斯坦布尔=Istanbul|迪拜=Dubai|欧洲=Europe|亚洲=Asia|非洲=Africa|"
        "南美洲=South America|北美洲=North America"
    ),
    "person": entries(
        "小明=Xiaoming|小红=Xiaohong|李华=Li Hua|王芳=Wang Fang|张伟=Zhang Wei|刘洋=Liu Yang|李先生=Mr. Li|王女士=Ms. Wang|"
        "张老师=Mr. Zhang|史密斯先生=Mr. Smith|格林太太=Mrs. Green|汤姆=Tom|玛丽=Mary|约翰=John|安娜=Anna|彼得=Peter|露西=Lucy|"
        "大卫=David|艾米=Amy|杰克=Jack|艾玛=Emma|迈克=Mike|爱丽丝=Alice|鲍勃=Bob|丽莎=Lisa|保罗=Paul|莎拉=Sarah|丹尼尔=Daniel|"
        "劳拉=Laura|他妈妈=his mother|我妈妈=my mother|我爸爸=my father|我哥哥=my older brother|我弟弟=my younger brother|"
        "我姐姐=my older sister|我妹妹=my younger sister|我奶奶=my grandmother|我爷爷=my grandfather|我叔叔=my uncle|我阿姨=my aunt|"
        "我朋友=my friend|我的老师=my teacher|我的同事=my colleague|我的邻居=my neighbor|我妻子=my wife|我丈夫=my husband|"
        "我女儿=my daughter|我儿子=my son|她的老板=her boss|他的女朋友=his girlfriend|那个男孩=that boy|那个女孩=that girl|"
        "那位老人=that old man|那位医生=that doctor|经理=the manager|校长=the principal"
    ),
    "next": entries(
        "明天=tomorrow|明天早上=tomorrow morning|明天下午=tomorrow afternoon|明晚=tomorrow evening|后天=the day after tomorrow|"
        "下周=next week|下个月=next month|明年=next year|这个周末=this weekend|下周一=next Monday|下周二=next Tuesday|"
        "下周三=next Wednesday|下周四=next Thursday|下周五=next Friday|下周六=next Saturday|下周日=next Sunday|今晚=tonight|"
        "今天下午=this afternoon|今年夏天=this summer|今年冬天=this winter|明年春天=next spring|三天后=in three days|"
        "两周后=in two weeks|一个月后=in a month|很快=soon"
    ),
    "past": entries(
        "昨天=yesterday|昨天早上=yesterday morning|昨天下午=yesterday afternoon|昨晚=last night|前天=the day before yesterday|"
        "上周=last week|上个月=last month|去年=last year|上个周末=last weekend|上周一=last Monday|上周三=last Wednesday|"
        "上周五=last Friday|上周六=last Saturday|今天早上=this morning|去年夏天=last summer|去年冬天=last winter|两年前=two years ago|"
        "三个月前=three months ago|五天前=five days ago|刚才=just now|十年前=ten years ago"
    ),
    "habit": entries(
        "每天=every day|每天早上=every morning|每天晚上=every evening|每个周末=every weekend|每个星期天=every Sunday|"
        "每周两次=twice a week|每年夏天=every summer|放学后=after school|下班后=after work|午饭后=after lunch|"
        "睡觉前=before going to bed"
    ),
    "town": entries(
        "火车站=train station|机场=airport|医院=hospital|图书馆=library|银行=bank|邮局=post office|超市=supermarket|药店=pharmacy|"
        "警察局=police station|博物馆=museum|公园=park|学校=school|餐馆=restaurant|酒店=hotel|地铁站=subway station|公交车站=bus stop|"
        "大使馆=embassy|电影院=movie theater|书店=bookstore|动物园=zoo|市场=market|咖啡馆=café|教堂=church|加油站=gas station|"
        "停车场=parking lot|游泳池=swimming pool|体育馆=gym|大学=university|办公室=office|面包店=bakery|海滩=beach|市中心=city center"
    ),
    "food": entries(
        "饺子=dumplings|面条=noodles|米饭=rice|面包=bread|苹果=apples|鱼=fish|牛肉=beef|鸡肉=chicken|羊肉=lamb|豆腐=tofu|"
        "蔬菜=vegetables|水果=fruit|沙拉=salad|奶酪=cheese|鸡蛋=eggs|草莓=strawberries|西瓜=watermelon|蛋糕=cake|巧克力=chocolate|"
        "冰淇淋=ice cream|土豆=potatoes|西红柿=tomatoes|蘑菇=mushrooms|香蕉=bananas|葡萄=grapes|橙子=oranges|火锅=hot pot|"
        "烤鸭=roast duck|炒饭=fried rice|披萨=pizza|汉堡=hamburgers|三明治=sandwiches|饼干=cookies|鸡汤=chicken soup|包子=steamed buns|"
        "海鲜=seafood|中国菜=Chinese food|日本菜=Japanese food|意大利菜=Italian food"
    ),
    "drink": entries(
        "咖啡=a cup of coffee|茶=a cup of tea|绿茶=a cup of green tea|热水=a cup of hot water|牛奶=a glass of milk|水=a glass of water|"
        "果汁=a glass of juice|橙汁=a glass of orange juice|啤酒=a glass of beer|红酒=a glass of red wine|可乐=a glass of cola"
    ),
    "thing": entries(
        "一本书=a book|一本词典=a dictionary|一把雨伞=an umbrella|一部手机=a cell phone|一件外套=a coat|一件衬衫=a shirt|"
        "一双鞋=a pair of shoes|一台电脑=a computer|一张地图=a map|一辆自行车=a bicycle|一辆车=a car|一束花=a bunch of flowers|"
        "一顶帽子=a hat|一张票=a ticket|一个礼物=a present|一块手表=a watch|一副眼镜=a pair of glasses|一把椅子=a chair|"
        "一张桌子=a table|一条裙子=a dress|一个书包=a schoolbag|一台相机=a camera|一把吉他=a guitar|一盒巧克力=a box of chocolates|"
        "一瓶水=a bottle of water|两张电影票=two movie tickets|三本书=three books|一些水果=some fruit|一些药=some medicine"
    ),
    "animal": entries(
        "一只猫=a cat|一条狗=a dog|一只鸟=a bird|一匹马=a horse|一头牛=a cow|一只兔子=a rabbit|一只熊猫=a panda|一只猴子=a monkey|"
        "一条蛇=a snake|一只老虎=a tiger|一头大象=an elephant|一只鸭子=a duck|一条大鱼=a big fish"
    ),
    "item": entries(
        "这本书=this book|这部电影=this movie|这首歌=this song|这个故事=this story|这家餐馆=this restaurant|这个城市=this city|"
        "这个房间=this room|这件衣服=this piece of clothing|这辆车=this car|这张照片=this photo|这个问题=this question|"
        "这道菜=this dish|这个主意=this idea|这场比赛=this game|这台电脑=this computer|这个游戏=this game|这篇文章=this article|"
        "这节课=this lesson"
    ),
    "quality": entries(
        "有意思=interesting|无聊=boring|重要=important|漂亮=beautiful|简单=simple|奇怪=strange|有名=famous|贵=expensive|便宜=cheap|"
        "棒=great|糟糕=terrible|有用=useful|特别=special"
    ),
    "moreperson": entries(
        "高=taller|矮=shorter|胖=fatter|瘦=thinner|年轻=younger|忙=busier|聪明=smarter|漂亮=more beautiful|强壮=stronger|"
        "勤奋=more hardworking|有耐心=more patient|有钱=richer|幸运=luckier|小心=more careful|高兴=happier|有名=more famous"
    ),
    "moreplace": entries(
        "大=bigger|小=smaller|冷=colder|热=hotter|美=more beautiful|安静=quieter|热闹=livelier|远=farther away|干净=cleaner|安全=safer|"
        "有名=more famous|现代=more modern|暖和=warmer"
    ),
    "trait": entries(
        "高=tall|忙=busy|聪明=smart|善良=kind|年轻=young|累=tired|饿=hungry|生气=angry|高兴=happy|难过=sad|紧张=nervous|害羞=shy|"
        "勇敢=brave|诚实=honest|孤独=lonely|失望=disappointed|担心=worried|友好=friendly|懒=lazy|受欢迎=popular"
    ),
    "job": entries(
        "医生=a doctor|老师=a teacher|律师=a lawyer|工程师=an engineer|护士=a nurse|司机=a driver|厨师=a cook|记者=a journalist|"
        "警察=a police officer|农民=a farmer|学生=a student|作家=a writer|音乐家=a musician|演员=an actor|科学家=a scientist|"
        "程序员=a programmer|画家=a painter|歌手=a singer|经理=a manager|飞行员=a pilot|翻译=a translator|消防员=a firefighter|"
        "商人=a businessman|大学教授=a university professor"
    ),
    "language": entries(
        "英语=English|中文=Chinese|法语=French|德语=German|日语=Japanese|西班牙语=Spanish|俄语=Russian|韩语=Korean|意大利语=Italian|"
        "阿拉伯语=Arabic|葡萄牙语=Portuguese"
    ),
    "subject": entries(
        "数学=math|历史=history|物理=physics|化学=chemistry|生物=biology|音乐=music|地理=geography|艺术=art|法律=law|医学=medicine|"
        "经济学=economics|计算机科学=computer science"
    ),
    "can": entries(
        "游泳=swim|跑步=run|唱歌=sing|跳舞=dance|画画=paint|做饭=cook|开车=drive|打篮球=play basketball|踢足球=play soccer|"
        "打网球=play tennis|弹钢琴=play the piano|弹吉他=play the guitar|下棋=play chess|骑自行车=ride a bicycle|滑雪=ski|"
        "骑马=ride a horse"
    ),
    "like": entries(
        "游泳=swimming|跑步=running|唱歌=singing|跳舞=dancing|画画=painting|看书=reading|听音乐=listening to music|"
        "看电影=watching movies|打篮球=playing basketball|踢足球=playing soccer|弹钢琴=playing the piano|做饭=cooking|旅行=traveling|"
        "钓鱼=fishing|爬山=climbing mountains|骑自行车=riding a bicycle|拍照=taking photos|玩电子游戏=playing video games|"
        "逛街=shopping|睡觉=sleeping|写日记=keeping a diary"
    ),
    "do": entries(
        "打扫房间=clean the room|洗碗=wash the dishes|做作业=do the homework|看电视=watch TV|去散步=take a walk|看医生=see a doctor|"
        "买菜=buy groceries|洗衣服=do the laundry|写信=write a letter|学习=study|休息=rest|早点睡觉=go to bed early|锻炼身体=exercise|"
        "戒烟=quit smoking|回家=go home|准备考试=prepare for the exam|找工作=look for a job|帮助别人=help others|做晚饭=make dinner|"
        "多喝水=drink more water|关上窗户=close the window|打开门=open the door|关灯=turn off the light"
    ),
    "since": entries(
        "三年=three years|两年=two years|十年=ten years|五年=five years|半年=half a year|一个月=a month|六个月=six months|"
        "很多年=many years|二十年=twenty years|一年=a year"
    ),
    "long": entries(
        "十分钟=ten minutes|半个小时=half an hour|一个小时=an hour|两个小时=two hours|三个小时=three hours|一天=a day|两天=two days|"
        "一个星期=a week|五分钟=five minutes|二十分钟=twenty minutes"
    ),
    "by": entries(
        "坐火车=by train|坐飞机=by plane|坐公交车=by bus|坐地铁=by subway|开车=by car|骑自行车=by bicycle|坐出租车=by taxi|"
        "坐船=by boat|走路=on foot"
    ),
    "clock": entries(
        "六点=six o'clock|七点=seven o'clock|八点=eight o'clock|九点=nine o'clock|十点=ten o'clock|三点=three o'clock|"
        "五点=five o'clock|七点半=half past seven|八点半=half past eight|十二点=twelve o'clock"
    ),
    "weather": entries(
        "下雨=it rains|下雪=it snows|天气不好=the weather is bad|太冷=it is too cold|太热=it is too hot|刮大风=the wind is too strong"
    ),
}
