package draw

import (
	"maatje/internal/core"
	"maatje/internal/kin"
)

var today = core.MustDate("2026-11-14")

// goldens are invented families that between them have every sign.
var goldens = map[string]*told{
	"fostered": tell(
		"Wil_Jansen f 1958-02-11; Henk_Jansen m 1955 2019-06-30",
		"Ron_de_Boer m 1986-07-01; Kim_Jansen f 1988-03-09; Iris_Smit f 1979; Joost_Smit m ~1977",
		"Sara_de_Boer f 2017-05-03; Noor_de_Boer f 2020-01-20; Daan_de_Boer m 2022",
	).index("Sara_de_Boer Noor_de_Boer").union("Henk_Jansen Wil_Jansen", "Kim_Jansen", "married 1980").
		union("Ron_de_Boer Kim_Jansen", "Sara_de_Boer Noor_de_Boer Daan_de_Boer", "together 2014", "separated 2024").
		union("Joost_Smit Iris_Smit", "", "married 2005").link("Daan_de_Boer", "foster_agency").
		home("Bij oma Wil", "Wil_Jansen", "").home("Familie Smit", "Iris_Smit Joost_Smit Daan_de_Boer", "2025-01").
		inside("Ron_de_Boer Kim_Jansen").care("Wil_Jansen", "Sara_de_Boer", "2025-03").tie("Ron_de_Boer", "Kim_Jansen", "hostile").
		tie("Wil_Jansen", "Sara_de_Boer", "close").contact("Noor_de_Boer", "Kim_Jansen", "video", "weekly"),
	"network foster": tell(
		"Ans f 1950; Bert m 1948 2001",
		"Carla f 1975-05-05; Dirk m 1970; Els f 1978-12-01",
		"Finn m 2012-11-15; Guus m 2012-11-15; Hanna x 2015",
	).index("Finn").union("Ans Bert", "Carla Els", "married 1970").union("Dirk Els", "Finn Guus Hanna", "affair 2010").
		union("Carla", "").link("Hanna", "foster_network").link("Guus", "guardian").twins("Finn Guus", true).
		tie("Carla", "Els", "cut_off").tie("Ans", "Carla", "very_close").tie("Dirk", "Guus", "violent").inside("Els"),
	"three partners": tell(
		"Anna f 1980; Bram m 1975; Cees m 1979; Dennis m 1983",
		"Eva f 2001; Fleur f 2008; Gijs m 2012; Hugo m 2012",
	).index("Gijs").union("Bram Anna", "Eva", "married 2000", "divorced 2005").union("Anna Cees", "Fleur", "together 2006", "separated 2010").
		union("Anna Dennis", "Gijs Hugo", "married 2011", "separated 2015", "reunited 2016").twins("Gijs Hugo", false).
		tie("Eva", "Fleur", "best_friends").tie("Cees", "Dennis", "discord").tie("Bram", "Eva", "distant").tie("Hugo", "Gijs", "fused"),
	"expecting": tell("Lot f 1999-01-01; Mo m 1998", "Kind ? ; Twee ?; Drie f; Vier ? 2026-10").
		index("Lot").union("Mo Lot", "Kind Twee Drie Vier", "together").
		change("Kind", func(p *kin.Person) { p.Name, p.Life = "", "pregnancy" }).
		change("Twee", func(p *kin.Person) { p.Name, p.Life = "", "miscarriage" }).
		change("Drie", func(p *kin.Person) { p.Name, p.Life = "", "stillbirth" }).tie("Lot", "Mo", "love"),
	"two mothers": tell("Ilse f 1984; Joke f 1986", "Tess f 2015; Udo m 2018").index("Tess").
		union("Ilse Joke", "Tess", "married 2012").link("Udo", "adopted").tie("Ilse", "Udo", "repaired").tie("Joke", "Tess", "indifferent"),
	"uncle and niece": tell("Opa m 1930 1999; Oma f 1933", "Oom m 1955; Zus f 1953", "Nicht f 1975", "Kleintje f 1999").
		index("Kleintje").union("Opa Oma", "Oom Zus", "married").union("Zus", "Nicht").union("Oom Nicht", "Kleintje", "married 1998"),
	"two homes": tell("Papa m 1985; Mama f 1987; Stief f 1990", "Bo x 2014-01-01; Pim m 2019").index("Bo").
		union("Papa Mama", "Bo", "married 2010", "divorced 2018").union("Papa Stief", "Pim", "together 2018").
		home("Bij mama", "Mama Bo", "2018").home("Bij papa", "Papa Stief Pim Bo", "2018").
		tie("Stief", "Bo", "controlling").tie("Mama", "Stief", "fused_hostile").contact("Bo", "Mama", "visit", "weekly"),
	"hardly known":   tell("Jay").index("Jay"),
	"hard words":     tell("Ad m 1980; Bea f 1981", "Cor m 2010; Dee f 2012").index("Cor").union("Ad Bea", "Cor Dee").tie("Ad", "Cor", "abuse").tie("Bea", "Dee", "neglect").link("Dee", "unknown"),
	"two and nobody": tell("Een_met_een_heel_erg_lange_achternaam_van_tweehonderd f; Tweede-Naam-Met-Streepjes-Erin m; Drie", "Vier").index("Vier").union("Drie", "Vier"),
}
