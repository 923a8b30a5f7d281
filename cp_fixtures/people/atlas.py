"""Real cities, each with its region, a pattern of its postal codes, and its telephone area code.

Faker's own addresses cannot be used: it draws city, region and postal code independently, so that an American ZIP code
agrees with its state once in seventy. One line is one place:

    city | region | postal code | area code

`#` and `%` in a postal code stand for digits (see drawing.py); commas part alternatives. Of the codes that a pattern
can give, those that exist lie in that city. Japan's cities have a ward's quarter after the slash, to which the code
belongs.
"""

from __future__ import annotations

__all__ = ["ATLAS"]

ATLAS = {
    "US": """
        Seattle|WA|9810%|206
        Portland|OR|9720%|503
        San Francisco|CA|9410%|415
        Los Angeles|CA|9000%|213
        San Diego|CA|9210%|619
        Las Vegas|NV|8910%|702
        Phoenix|AZ|8500%|602
        Salt Lake City|UT|8410%|801
        Denver|CO|8020%|303
        Austin|TX|7870%|512
        Houston|TX|7700%|713
        Dallas|TX|7520%|214
        New Orleans|LA|7011%|504
        Chicago|IL|6060%|312
        Minneapolis|MN|5540%|612
        Columbus|OH|4321%|614
        Nashville|TN|3720%|615
        Atlanta|GA|3030%|404
        Charlotte|NC|2820%|704
        Philadelphia|PA|1910%|215
        New York|NY|1000%|212
        Boston|MA|0210%|617
        Honolulu|HI|9681%|808
    """,
    "CA": """
        Toronto|ON|M5V #@#|416
        Ottawa|ON|K1P #@#|613
        Montréal|QC|H3B #@#|514
        Québec|QC|G1R #@#|418
        Vancouver|BC|V6B #@#|604
        Victoria|BC|V8W #@#|250
        Calgary|AB|T2P #@#|403
        Edmonton|AB|T5J #@#|780
        Winnipeg|MB|R3C #@#|204
        Regina|SK|S4P #@#|306
        Halifax|NS|B3J #@#|902
        Fredericton|NB|E3B #@#|506
        St. John's|NL|A1C #@#|709
        Charlottetown|PE|C1A #@#|902
    """,
    "GB": """
        London|Greater London|EC1A %??|20
        Manchester|Greater Manchester|M1 %??|161
        Birmingham|West Midlands|B1 %??|121
        Leeds|West Yorkshire|LS1 %??|113
        Sheffield|South Yorkshire|S1 %??|114
        Nottingham|Nottinghamshire|NG1 %??|115
        Leicester|Leicestershire|LE1 %??|116
        Bristol|Bristol|BS1 %??|117
        Reading|Berkshire|RG1 %??|118
        Edinburgh|Midlothian|EH1 %??|131
        Glasgow|Lanarkshire|G1 %??|141
        Liverpool|Merseyside|L1 %??|151
        Newcastle upon Tyne|Tyne and Wear|NE1 %??|191
        Cardiff|South Glamorgan|CF10 %??|29
    """,
    "AU": """
        Sydney|NSW|2000|2
        Newcastle|NSW|2300|2
        Canberra|ACT|2600|2
        Melbourne|VIC|3000|3
        Geelong|VIC|3220|3
        Hobart|TAS|7000|3
        Brisbane|QLD|4000|7
        Cairns|QLD|4870|7
        Adelaide|SA|5000|8
        Perth|WA|6000|8
        Darwin|NT|0800|8
    """,
    "IN": """
        Mumbai|Maharashtra|4000%#|22
        New Delhi|Delhi|1100%#|11
        Bengaluru|Karnataka|5600%#|80
        Chennai|Tamil Nadu|6000%#|44
        Kolkata|West Bengal|7000%#|33
        Hyderabad|Telangana|5000%#|40
        Ahmedabad|Gujarat|3800%#|79
        Pune|Maharashtra|4110%#|20
        Bhubaneswar|Odisha|7510%#|674
    """,
    "DE": """
        Berlin||10115,10117,10178,10243|30
        Hamburg||20095,20097,20099|40
        Frankfurt am Main||60311,60313,60316|69
        Köln||50667,50668,50670|221
        München||80331,80333,80335|89
    """,
    "FR": """
        Paris||7500%|1
        Rennes||35000|2
        Nantes||44000|2
        Lille||59000|3
        Strasbourg||67000|3
        Lyon||6900%|4
        Marseille||1300%|4
        Nice||06000|4
        Toulouse||31000|5
        Bordeaux||33000|5
    """,
    "ES": """
        Madrid|Madrid|2800%|
        Barcelona|Barcelona|0800%|
        Valencia|Valencia|4600%|
        Sevilla|Sevilla|4100%|
        Zaragoza|Zaragoza|5000%|
        Málaga|Málaga|2900%|
        Murcia|Murcia|3000%|
        Bilbao|Bizkaia|4800%|
        Palma|Illes Balears|0700%|
        A Coruña|A Coruña|1500%|
    """,
    "IT": """
        Roma|RM|0018%|
        Milano|MI|2012%|
        Torino|TO|1012%|
        Genova|GE|1612%|
        Verona|VR|3712%|
        Bologna|BO|4012%|
        Firenze|FI|5012%|
        Napoli|NA|8012%|
        Bari|BA|7012%|
        Palermo|PA|9012%|
    """,
    "BR": """
        São Paulo|SP|010##-###|11
        Rio de Janeiro|RJ|200##-###|21
        Belo Horizonte|MG|301##-###|31
        Curitiba|PR|800##-###|41
        Florianópolis|SC|880##-###|48
        Porto Alegre|RS|900##-###|51
        Brasília|DF|700##-###|61
        Salvador|BA|400##-###|71
        Recife|PE|500##-###|81
        Fortaleza|CE|600##-###|85
        Manaus|AM|690##-###|92
    """,
    "JP": """
        千代田区/丸の内|東京都|100-0005|3
        新宿区/西新宿|東京都|160-0023|3
        渋谷区/神宮前|東京都|150-0001|3
        大阪市北区/梅田|大阪府|530-0001|6
        横浜市西区/みなとみらい|神奈川県|220-0012|45
        名古屋市中区/栄|愛知県|460-0008|52
        神戸市中央区/三宮町|兵庫県|650-0021|78
        広島市中区/大手町|広島県|730-0051|82
        福岡市博多区/博多駅前|福岡県|812-0011|92
        仙台市青葉区/中央|宮城県|980-0021|22
        札幌市中央区/大通西|北海道|060-0042|11
    """,
}
