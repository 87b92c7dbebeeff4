"""Lines of shorthand with what they say, and lines that say nothing; today is Wednesday, 18 November 2026."""

from __future__ import annotations

from datetime import date

TODAY = date(2026, 11, 18)

#: Line → `question=answer`, several parted by blanks. Sums in whole units and a currency, days as ISO dates.
SAID: dict[str, str] = {
    # ── sums ──
    "200k": "budget_sum=200000EUR",
    "1.5m": "budget_sum=1500000EUR",
    "30万": "budget_sum=300000CNY",
    "2亿": "budget_sum=200000000CNY",
    "€12k": "budget_sum=12000EUR",
    "12.000,50 EUR": "budget_sum=12000.5EUR",
    "about 30k": "budget_sum=30000EUR",
    "roughly 45k dollars": "budget_sum=45000USD",
    "20-30k": "budget_sum=20000EUR",
    "between 20 and 30k euros": "budget_sum=20000EUR",
    "20到30万": "budget_sum=200000CNY",
    "50-80万元": "budget_sum=500000CNY",
    "三十万": "budget_sum=300000CNY",
    "一百二十万": "budget_sum=1200000CNY",
    "半个亿": "budget_sum=50000000CNY",
    "大概三十万左右": "budget_sum=300000CNY",
    "budget 5000": "budget_sum=5000EUR",
    "budget is around 30k": "budget_sum=30000EUR",
    "budget: 80k GBP": "budget_sum=80000GBP",
    "200k budget": "budget_sum=200000EUR",
    "budget? 60k": "budget_sum=60000EUR",
    "they can spend 40k CHF": "budget_sum=40000CHF",
    "willing to invest half a million": "budget_sum=500000EUR",
    "budget for the new warehouse is 200k": "budget_sum=200000EUR",
    "up to 250k": "budget_sum=250000EUR",
    "at least $90k": "budget_sum=90000USD",
    "budget under 5k": "budget_sum=too_small",
    "预算30万": "budget_sum=300000CNY",
    "预算大概 20 到 30 万": "budget_sum=200000CNY",
    "预算 三十万": "budget_sum=300000CNY",
    "30万预算": "budget_sum=300000CNY",
    "预算不到4万": "budget_sum=too_small",
    "预算不超过50万": "budget_sum=500000CNY",
    "打算投入一百五十万": "budget_sum=1500000CNY",
    "预算5000美元": "budget_sum=5000USD",
    "预算20w": "budget_sum=200000CNY",
    "他们能拿出来的预算是80万人民币": "budget_sum=800000CNY",
    "５０万": "budget_sum=500000CNY",
    "¥1.5亿": "budget_sum=150000000CNY",
    "about 8m yen": "budget_sum=8000000JPY",
    "it costs us 80k a year": "cost_today=80000EUR",
    "losing 120k every year": "cost_today=120000EUR",
    "一年损失80万": "cost_today=800000CNY",
    "每年多花二十万": "cost_today=200000CNY",
    # ── money reserved, and how it is allotted ──
    "budget approved": "reserved=approved",
    "budget is already approved": "reserved=approved",
    "money is set aside": "reserved=approved",
    "CFO approved the budget": "reserved=approved",
    "预算批了": "reserved=approved",
    "预算已经批下来了": "reserved=approved",
    "钱到位了": "reserved=approved",
    "已立项": "reserved=approved",
    "budget not yet approved": "reserved=asked_for",
    "waiting for approval": "reserved=asked_for",
    "预算还没批": "reserved=asked_for",
    "报上去了": "reserved=asked_for",
    "no budget yet": "reserved=to_be_found",
    "would have to find the money": "reserved=to_be_found",
    "还没立项": "reserved=to_be_found",
    "钱还没着落": "reserved=to_be_found",
    "no budget this year": "reserved=none",
    "they don't have any budget": "reserved=none",
    "今年没预算": "reserved=none",
    "没有预算": "reserved=none",
    "预算被砍了": "reserved=none",
    "comes from the annual budget": "allotted=planned",
    "needs a business case": "allotted=request",
    "要单独立项": "allotted=request",
    # ── who signs ──
    "CFO signs": "approver=named",
    "the CFO has to approve": "approver=named",
    "signed off by the managing director": "approver=named",
    "Marek decides": "approver=named",
    "Anna Kowalska signs off": "approver=named",
    "decision lies with Ms Tanaka": "approver=named",
    "财务总监批": "approver=named",
    "老板拍板": "approver=named",
    "老板 拍板": "approver=named",
    "王总拍板": "approver=named",
    "张伟说了算": "approver=named",
    "总经理签字": "approver=named",
    "CEO 拍板": "approver=named",
    "I sign myself": "approver=on_call",
    "he decides himself": "approver=on_call",
    "my decision": "approver=on_call",
    "我自己拍板": "approver=on_call",
    "他本人说了算": "approver=on_call",
    "自己就能定": "approver=on_call",
    "committee": "approver=committee",
    "a buying committee decides": "approver=committee",
    "goes through procurement": "approver=committee",
    "several levels of approval": "approver=committee",
    "board approval needed": "approver=committee",
    "集体决策": "approver=committee",
    "采购走流程": "approver=committee",
    "要上会": "approver=committee",
    "层层审批": "approver=committee",
    "can't reach the decision maker": "approver=out_of_reach",
    "接触不到决策人": "approver=out_of_reach",
    "finance and legal are involved": "people=purchasing,finance",
    "财务和采购参与": "people=purchasing,finance",
    "works council review": "obstacle=review",
    "hiring freeze": "obstacle=freeze",
    "在跟别家谈": "obstacle=rival",
    # ── days ──
    "下周五": "go_live=2026-11-27",
    "next Friday": "go_live=2026-11-27",
    "年底": "go_live=2026-12-31",
    "年底前": "go_live=2026-12-31",
    "月底前": "go_live=2026-11-30",
    "十月上线": "go_live=2027-10-31",
    "明年三月": "go_live=2027-03-31",
    "明年三月底上线": "go_live=2027-03-31",
    "2027年6月投产": "go_live=2027-06-30",
    "12月15号上线": "go_live=2026-12-15",
    "明年上半年上线": "go_live=2027-06-30",
    "国庆前上线": "go_live=2027-10-01",
    "六周后": "go_live=2026-12-30",
    "Q3": "go_live=2027-09-30",
    "Q4 2027": "go_live=2027-12-31",
    "in 6 weeks": "go_live=2026-12-30",
    "live by Q4": "go_live=2026-12-31",
    "by end of March": "go_live=2027-03-31",
    "go-live 1 Feb": "go_live=2027-02-01",
    "launch in October": "go_live=2027-10-31",
    "up and running before March": "go_live=2027-02-28",
    "need it by the end of next quarter": "go_live=2027-03-31",
    "should be live at all sites by Q2": "go_live=2027-06-30",
    "rollout mid-May": "go_live=2027-05-15",
    "deadline 2027-04-01": "go_live=2027-04-01",
    "live in three months": "how_soon=quarter go_live=2027-02-18",
    "Q4 上线": "go_live=2026-12-31",
    "上线：3月1日": "go_live=2027-03-01",
    # ── how soon ──
    "asap": "how_soon=now",
    "尽快": "how_soon=now",
    "尽快上线": "how_soon=now",
    "越快越好": "how_soon=now",
    "this quarter": "how_soon=quarter",
    "within three months": "how_soon=quarter",
    "本季度内": "how_soon=quarter",
    "三个月内": "how_soon=quarter",
    "半年内": "how_soon=half_year",
    "within 6 months": "how_soon=half_year",
    "一年内": "how_soon=year",
    "this year": "how_soon=year",
    "no rush": "how_soon=someday",
    "以后再说": "how_soon=someday",
    "半年内上线": "how_soon=half_year go_live=2027-05-18",
    "contract with SAP expires in June": "outside_dates=contract_end",
    "合同三月到期": "outside_dates=contract_end",
    "next audit in May": "outside_dates=audit",
    "旺季前": "outside_dates=season",
    # ── who they are ──
    "logistics company": "industry=logistics",
    "logistics": "industry=logistics",
    "we are in manufacturing": "industry=manufacturing",
    "做物流的": "industry=logistics",
    "制造业": "industry=manufacturing",
    "他们是做电商的": "industry=wholesale",
    "a hospital group": "industry=healthcare",
    "软件公司": "industry=software",
    "240 people": "size=240",
    "about 1,200 employees": "size=1200",
    "1.2k staff": "size=1200",
    "200-300 employees": "size=200",
    "company of 85": "size=85",
    "headcount 400": "size=400",
    "two hundred employees": "size=200",
    "三百来人": "size=300",
    "员工500": "size=500",
    "公司大概两百人": "size=200",
    "两三百号人": "size=200",
    "不到50人": "size=few",
    "在用Excel": "used_today=by_hand",
    "all in spreadsheets": "used_today=by_hand",
    "want to replace the old system": "used_today=old_product",
    "自研的": "used_today=own_build",
    "plug and play": "works_with=as_is",
    "impact 4 of 5": "unsolved=4",
    "影响打4分": "unsolved=4",
    "culture fit: yes": "culture=yes",
    "合得来": "culture=yes",
    # ── what MEDDIC, CHAMP and a listening call ask more ──
    "KPI is agreed": "metrics=target",
    "KPI已经定了": "metrics=target",
    "还没有目标值": "metrics=figure",
    "凭感觉": "metrics=feeling",
    "looking for a solution": "sought=trouble",
    "货比三家": "sought=compare",
    "met the economic buyer": "buyer_met=met",
    "约好了管钱的": "buyer_met=promised",
    "不让我们接触": "buyer_met=kept_away",
    "criteria still open": "decision_criteria=open",
    "cheapest wins": "decision_criteria=price",
    "低价中标": "decision_criteria=price",
    "spec written for a competitor": "decision_criteria=set_for_other",
    "决策流程很清楚": "decision_steps=dated",
    "never bought anything like it": "decision_steps=untrodden",
    "Marek pushes it": "champion=Marek",
    "张伟一直在推动": "champion=张伟",
    "looks after the system": "own_part=advises",
    "天天在用": "own_part=uses",
    "top priority": "priority=first",
    "头等大事": "priority=first",
    "还没排上": "priority=unlisted",
    "wants to talk to a specialist": "next_wish=talk",
    "过阵子再联系": "next_wish=later",
    # ── nothing told ──
    "budget: won't say": "budget_sum=evaded",
    "won't say the budget": "budget_sum=evaded",
    "预算不方便说": "budget_sum=evaded",
    "预算不肯透露": "budget_sum=evaded",
    "doesn't know the budget": "budget_sum=unknown",
    "预算不清楚": "budget_sum=unknown",
    "not sure who signs": "approver=unknown",
    "不知道谁拍板": "approver=unknown",
    "go-live not decided yet": "go_live=unknown",
    "上线时间还没定": "go_live=unknown",
    "headcount? no idea": "size=unknown",
    # ── several at once, mixed ──
    "预算30万 财务总监批 十月上线": "budget_sum=300000CNY approver=named go_live=2027-10-31",
    "200k, CFO signs, live by Q4": "budget_sum=200000EUR approver=named go_live=2026-12-31",
    "200k CFO signs live by Q4": "budget_sum=200000EUR approver=named go_live=2026-12-31",
    "30万，老板拍板，年底": "budget_sum=300000CNY approver=named go_live=2026-12-31",
    "预算 50k EUR，CFO 批，Q2 上线": "budget_sum=50000EUR approver=named go_live=2027-06-30",
    "logistics, 240 people, no budget yet": "industry=logistics size=240 reserved=to_be_found",
    "做物流的 三百来人 集体决策": "industry=logistics size=300 approver=committee",
    "30万 老板拍板 下午再打": "budget_sum=300000CNY approver=named",
    "good talk, budget approved; call again Monday": "reserved=approved",
    "预算没说，老板拍板": "approver=named",
    "not sure, maybe 200k": "budget_sum=200000EUR",
    "200k, no wait, budget 250k": "budget_sum=250000EUR",
    "不是老板批，是财务总监批": "approver=named",
    "budget 200k or 250k": "budget_sum=200000EUR",
}

#: Lines that mean nothing for any question.
SILENT = """
hello, how are you?
nice weather today
had lunch, talked about football
你好
今天天气不错
刚开完会
thanks, talk soon
谢谢，回头聊
2027
in 1998
since 2019
2015年成立
founded in 1987
+49 30 901820
+86 138 0013 8000
13800138000
020 7946 0958
电话 13912345678
version 3.1
v2.5
SAP S/4 2023
用的是8.5版本
iOS 17
lunch was 15 EUR
午饭25块
coffee 4.50
5 EUR
打车30块
Marek
Anna Kowalska
王总
张伟
Marek and Anna
Q3 results were fine
上季度业绩不错
last quarter was hard
last Friday
上周五
去年预算30万
last year's budget was 30k
call me at 10
call back next Friday
send the quote by Friday
meeting 下周五
下周五再聊
周三见
back from holiday in March
他十月结婚
born in May
market may recover
三个人在开会
5 people on the call
room 240
30%
增长了30%
10 apples
200 kg
5k run
4K monitor
3 times a week
一周三次
24/7 support
who signs?
谁拍板？
预算多少？
is the budget approved?
预算批了吗
what is the budget?
if the CFO signs
如果老板批
CFO does not sign
老板不批
budget meeting on Friday
预算会议
the boss is on holiday
老板出差了
we met the committee chair's son
committed to quality
logistics of the visit
send it via logistics
软件更新了
mail me the excel
file.xlsx
yes
no
won't say
不知道
ok
嗯
好的
马上回来
call me back asap
尽快回复
千万别忘了
万一下雨
十分感谢
一点问题没有
the software is slow
IT is slow
please hold the line
12:30
10.
...
()
anna@example.com
https://example.com/q4/2027
not live before Q4
budget is not 200k
2k a month
每月3万
""".strip().split("\n")

#: Lines for the simple playbook.
SIMPLE: dict[str, str] = {
    "预算30万 老板批": "budget_sum=300000CNY approver=together",
    "budget 5k, boss signs": "budget_sum=5000EUR approver=together",
    "about 8k, they decide themselves": "budget_sum=8000EUR approver=self",
    "我自己能定 一个月内要": "approver=self how_soon=month",
    "预算不到8千元": "budget_sum=too_little",
    "要问老板": "approver=together",
    "跟合伙人商量": "approver=together",
    "someone else decides": "approver=elsewhere",
    "接触不到决策人": "approver=elsewhere",
    "asap": "how_soon=month",
    "within two weeks": "how_soon=month",
    "这个月内": "how_soon=month",
    "within 3 months": "how_soon=half_year",
    "半年内": "how_soon=half_year",
    "next year": "how_soon=year",
    "不急": "how_soon=someday",
    "just what we do": "difficulty=ours",
    "正对口": "difficulty=ours",
    "能解决一部分": "difficulty=partly",
    "no need for it": "difficulty=none",
    "ideal customer": "suits_us=like_best",
    "可以合作": "suits_us=workable",
    "not our kind of customer": "suits_us=not_ours",
    "won't say the budget": "budget_sum=evaded",
    "不知道谁拍板": "approver=unknown",
}
