//! What columns are called in English, German, French and Spanish, in the spelling of [`super::words::plain`].
//!
//! The first name of a field is its own.

/// Fields with what they are called, the names apart by bars.
type Fields = &'static [(&'static str, &'static str)];

/// Columns of tasks.
pub(super) const TASKS: Fields = &[
    (
        "id",
        "id | task id | activity id | act id | key | no | nr | number | wp id | work package id | \
         task no | code | activity code | vorgangs id | vorgang nr | vorgangsnummer | nummer | \
         kennung | schlussel | numero | identifiant | n | identificador | codigo | uid | unique \
         id",
    ),
    (
        "name",
        "name | task name | task | activity | activity name | title | work package | description \
         | task description | summary | vorgang | vorgangsname | bezeichnung | aufgabe | \
         aktivitat | arbeitspaket | beschreibung | titel | nom | tache | nom de la tache | \
         activite | intitule | libelle | designation | nombre | tarea | nombre de la tarea | \
         nombre de tarea | actividad | descripcion | titulo",
    ),
    (
        "project",
        "project | project name | workstream | stream | phase | subproject | projekt | \
         teilprojekt | projet | chantier | lot | proyecto | fase | subproyecto",
    ),
    (
        "wbs",
        "wbs | wbs id | wbs code | psp | psp code | psp element | otp | code wbs | edt | outline \
         number",
    ),
    ("kind", "kind | type | task type | activity type | typ | art | vorgangsart | tipo"),
    ("milestone", "milestone | is milestone | meilenstein | jalon | hito"),
    ("law", "law | distribution | verteilung | loi | distribucion"),
    ("unit", "unit | units of time | time unit | einheit | zeiteinheit | unite | unidad"),
    ("plan", "plan | plan value | planwert"),
    ("estimate", "estimate template | template | schatzvorlage | vorlage | modele | plantilla"),
    (
        "after",
        "after | predecessors | predecessor | depends on | dependencies | dependency | \
         predecessor act | predecessor id | pred | preds | vorganger | abhangig von | \
         abhangigkeiten | predecesseurs | predecesseur | antecedents | dependances | predecesoras \
         | predecesores | predecesor | dependencias",
    ),
    ("calendar", "calendar | task calendar | kalender | calendrier | calendario"),
    (
        "start",
        "start | planned start | start date | plan start | begin | early start | anfang | beginn \
         | startdatum | start plan | geplanter anfang | debut | date de debut | inicio | comienzo \
         | fecha de inicio",
    ),
    (
        "finish",
        "finish | planned finish | finish date | end | end date | plan finish | early finish | \
         ende | enddatum | fertigstellung | geplantes ende | fin | date de fin | fecha de fin | \
         final",
    ),
    (
        "start_no_earlier_than",
        "start no earlier than | not before | no earlier than | earliest start | snet | fruhester \
         anfang | anfang nicht fruher als | nicht vor | fruhestens | debut au plus tot | pas \
         avant | no antes de | no comenzar antes de",
    ),
    ("finish_no_earlier_than", "finish no earlier than | fnet | ende nicht fruher als"),
    ("start_no_later_than", "start no later than | snlt | anfang nicht spater als"),
    ("finish_no_later_than", "finish no later than | fnlt | ende nicht spater als"),
    ("must_start_on", "must start on | muss anfangen am | doit commencer le | debe comenzar el"),
    ("must_finish_on", "must finish on | muss enden am | doit finir le | debe finalizar el"),
    ("as_late_as_possible", "as late as possible | alap | so spat wie moglich"),
    (
        "deadline",
        "deadline | due | due date | stichtag | fallig am | termin | echeance | fecha limite | \
         vencimiento",
    ),
    ("target", "target | target date | promised | zieltermin | objectif | objetivo"),
    (
        "owner",
        "owner | task owner | responsible | assignee | assigned to | resource | resources | \
         verantwortlich | verantwortlicher | zustandig | ressource | responsable | proprietaire | \
         propietario | asignado a",
    ),
    ("vendor", "vendor | supplier | contractor | lieferant | fournisseur | proveedor"),
    ("category", "category | discipline | work type | kategorie | gewerk | categorie | categoria"),
    ("tags", "tags | tag | labels | schlagworte | etiquettes | etiquetas"),
    ("role", "role | rolle | skill | rol"),
    ("units", "units | fte | headcount | kopfe"),
    (
        "probability",
        "probability | probability of existence | wahrscheinlichkeit | probabilite | probabilidad",
    ),
    ("cost_kind", "cost kind | capex opex | capex or opex | kostenart"),
    ("cost_category", "cost category | cost type | kostenkategorie"),
    ("rate", "rate | cost rate | day rate | tagessatz | satz | taux | tarifa"),
    ("actual_start", "actual start | started | ist anfang | tatsachlicher anfang | debut reel | inicio real"),
    ("actual_finish", "actual finish | finished | ist ende | tatsachliches ende | fin reelle | fin real"),
    (
        "complete",
        "complete | % complete | percent complete | progress | fortschritt | % abgeschlossen | \
         fertig | fertig % | avancement | % acheve | avance | % completado",
    ),
    ("remaining", "remaining | remaining duration | restdauer | duree restante | duracion restante"),
    ("actual_cost", "actual cost | ist kosten | cout reel | coste real"),
];

/// What has three points in a table of tasks; the first stands for itself in `low`, `mode` and `high`.
pub(super) const TASK_BASES: Fields = &[
    (
        "duration",
        "duration | original duration | remaining work | effort | estimate | dauer | aufwand | \
         duree | charge | duracion | esfuerzo | task duration | planned duration | plandauer",
    ),
    (
        "cost",
        "cost | costs | budget | bac | planned cost | total cost | kosten | plankosten | cout | \
         couts | coste | costo | costos | presupuesto",
    ),
];

/// Columns of risks.
pub(super) const RISKS: Fields = &[
    (
        "id",
        "id | risk id | key | no | nr | number | risk no | ref | reference | risiko id | risiko \
         nr | risikonummer | nummer | kennung | n | numero | id risque | id du risque | \
         identifiant | id riesgo | id del riesgo | codigo | code",
    ),
    (
        "title",
        "title | risk | risk title | risk name | name | risk description | description | risk \
         event | event | risiko | risikoname | bezeichnung | beschreibung | risikobeschreibung | \
         titel | risque | intitule | description du risque | libelle | nom | riesgo | descripcion \
         | descripcion del riesgo | nombre | titulo",
    ),
    (
        "probability",
        "probability | likelihood | prob | p | chance | probability of occurrence | pre response \
         probability | eintrittswahrscheinlichkeit | wahrscheinlichkeit | ew | eintritts \
         wahrscheinlichkeit | probabilite | vraisemblance | occurrence | probabilidad",
    ),
    ("rate", "rate | per year | frequency per year | haufigkeit pro jahr"),
    (
        "on",
        "on | affects | affected | affected task | affected tasks | affected activity | affected \
         activities | task | tasks | task id | activity | activities | activity id | wbs | wbs id \
         | work package | betrifft | betroffene vorgange | betroffener vorgang | vorgang | \
         arbeitspaket | psp | affecte | tache | taches | taches affectees | afecta a | tarea | \
         tareas | tareas afectadas | actividad",
    ),
    (
        "impact",
        "impact | severity | consequence | impact rating | auswirkung | schaden | schwere | \
         tragweite | gravite | impacto | gravedad",
    ),
    ("law", "delay law | law | distribution"),
    ("unit", "unit | time unit | einheit | unite | unidad"),
    ("per_task", "per task"),
    (
        "kind",
        "kind | threat or opportunity | threat opportunity | risikoart | chance oder risiko | \
         type | risk type | art | typ | tipo",
    ),
    ("combine", "combine"),
    ("group", "group | gruppe | groupe | grupo"),
    (
        "owner",
        "owner | risk owner | responsible | assigned to | verantwortlich | verantwortlicher | \
         risikoeigner | eigner | zustandig | proprietaire | responsable | porteur | propietario | \
         dueno",
    ),
    ("category", "category | risk category | kategorie | risikokategorie | categorie | categoria"),
    (
        "status",
        "register status | status | state | risk status | risikostatus | stand | statut | etat | \
         estado",
    ),
    ("proximity", "proximity | when | expected resolution | zeitpunkt | proximite | proximidad"),
    ("trigger", "trigger | warning sign | ausloser | declencheur | disparador"),
    ("triggered_by", "triggered by"),
    ("while", "while"),
    ("strategy", "strategy | response strategy | response type | strategie | massnahmenart | estrategia"),
    (
        "response_title",
        "response title | response | mitigation | mitigation plan | response plan | action | \
         actions | treatment | countermeasure | massnahme | massnahmen | gegenmassnahme | \
         gegenmassnahmen | reponse | mesure | mesures | plan d action | attenuation | respuesta | \
         medida | medidas | plan de respuesta | mitigacion",
    ),
    (
        "response_probability",
        "response probability | residual probability | post response probability | post \
         mitigation probability | probability after | restwahrscheinlichkeit | wahrscheinlichkeit \
         nach massnahme | probabilite residuelle | probabilidad residual",
    ),
    ("response_on", "response on | response in plan | response active | massnahme aktiv"),
];

/// What has three points in a table of risks.
pub(super) const RISK_BASES: Fields = &[
    (
        "delay",
        "delay | schedule impact | time impact | impact time | impact schedule | impact duration \
         | schedule exposure | schedule delay | duration impact | impact delay | verzogerung | \
         terminauswirkung | auswirkung termin | auswirkung zeit | auswirkung dauer | terminverzug \
         | verzug | retard | impact delai | impact planning | retraso | impacto en plazo | \
         impacto plazo | impacto tiempo",
    ),
    (
        "cost",
        "cost | cost impact | impact cost | impact costs | financial impact | cost exposure | \
         exposure | damage | kosten | kostenauswirkung | auswirkung kosten | schadenshohe | \
         schadenhohe | mehrkosten | cout | impact cout | impact financier | surcout | coste | \
         costo | impacto en coste | impacto coste | impacto costo | impacto economico",
    ),
    (
        "response_cost",
        "response cost | mitigation cost | cost of response | cost of mitigation | action cost | \
         massnahmenkosten | kosten der massnahme | kosten massnahme | cout de la mesure | cout de \
         la reponse | coste de la respuesta | coste de la medida",
    ),
    (
        "response_delay",
        "response delay | residual delay | residual schedule impact | restverzogerung | retard \
         residuel | retraso residual",
    ),
    (
        "response_impact_cost",
        "response impact cost | residual cost | residual cost impact | restkosten | restschaden | \
         cout residuel | coste residual",
    ),
];

/// Columns of dependencies.
pub(super) const LINKS: Fields = &[
    (
        "from",
        "from | predecessor | predecessor id | vorganger | von | predecesseur | de | predecesora \
         | predecesor",
    ),
    (
        "to",
        "to | successor | successor id | task | nachfolger | nach | successeur | a | sucesora | \
         sucesor",
    ),
    ("type", "type | link type | relationship | relationship type | art | typ | tipo | lien"),
    ("lag", "lag | lag or lead | zeitabstand | versatz | decalage | retardo | desfase"),
];

/// Columns of a work breakdown.
pub(super) const BREAKDOWN: Fields = &[
    ("wbs", "wbs | wbs id | wbs code | psp | psp code | psp element | otp | code wbs | edt"),
    ("above", "above | parent | parent wbs | parent id | ubergeordnet | parent otp | superior | padre"),
    (
        "name",
        "name | work package | title | description | bezeichnung | arbeitspaket | nom | intitule \
         | nombre | paquete de trabajo",
    ),
    ("cost", "cost | budget | bac | kosten | cout | coste | presupuesto"),
];

/// Columns of working time.
pub(super) const CALENDAR: Fields = &[
    ("calendar", "calendar | kalender | calendrier | calendario"),
    (
        "day",
        "day | day or date | days | date | from | tag | tag oder datum | datum | von | jour | \
         jour ou date | dia | dia o fecha | fecha",
    ),
    ("until", "until | to | bis | jusqu au | hasta"),
    ("hours", "hours | working hours | shifts | stunden | arbeitszeit | heures | horas"),
    ("holiday", "holiday | name | reason | feiertag | grund | ferie | motif | festivo | motivo"),
];

/// Columns of scales.
pub(super) const SCALES: Fields = &[
    ("scale", "scale | what | skala | echelle | escala"),
    ("word", "word | level | rating | wort | stufe | mot | niveau | palabra | nivel"),
    ("low", "low | from | min | von | de | desde | value | wert | valeur | valor"),
    ("high", "high | to | max | bis | a | hasta"),
];

/// Columns of settings.
pub(super) const PROGRAM: Fields = &[
    (
        "setting",
        "setting | field | property | parameter | feld | einstellung | parametre | champ | campo \
         | parametro",
    ),
    ("value", "value | wert | valeur | valor"),
    ("note", "note | notes | remark | hinweis | bemerkung | remarque | nota"),
];

/// Columns of a history.
pub(super) const HISTORY: Fields = &[
    ("id", "id | task id | key | no | nr | number | nummer | numero | issue key"),
    (
        "name",
        "name | task | activity | title | description | summary | vorgang | bezeichnung | tache | tarea",
    ),
    (
        "estimate",
        "estimate | estimated | estimation | planned | plan | planned duration | estimated duration | estimated effort | \
         planned effort | original estimate | baseline duration | budget | schatzung | geschatzt | geplant | plandauer | soll | \
         estime | prevu | duree prevue | estimado | previsto | planificado",
    ),
    (
        "actual",
        "actual | actuals | actual duration | actual effort | actual work | spent | time spent | real | ist | istdauer | \
         tatsachlich | ist dauer | reel | duree reelle | duracion real",
    ),
    (
        "category",
        "category | type | work type | discipline | kategorie | art | gewerk | categorie | categoria | tipo",
    ),
    ("unit", "unit | time unit | einheit | unite | unidad"),
];

/// Words for the three points of an estimate.
pub(super) const POINTS: [&str; 3] = [
    "low | min | minimum | minimal | optimistic | best case | best | lowest | p10 | p5 | bc | \
     niedrig | optimistisch | minimaler | bester fall | optimiste | mini | bas | optimista | \
     minimo | minima | bajo",
    "mode | most likely | likely | ml | realistic | mid | expected | modal | wahrscheinlich | \
     wahrscheinlichste | wahrscheinlichster | realistisch | mittel | erwartet | probable | plus \
     probable | la plus probable | le plus probable | realiste | mas probable | realista | moda",
    "high | max | maximum | maximal | pessimistic | worst case | worst | highest | p90 | p95 | wc \
     | hoch | pessimistisch | maximaler | schlimmster fall | pessimiste | maxi | haut | pesimista \
     | maximo | maxima | alto",
];

/// What columns hold that says nothing to a forecast, or follows from the other columns; with the reason.
pub(super) const FOLLOWS: &[(&str, &str)] = &[
    (
        "it follows from probability and impact",
        "score | risk score | rating | risk rating | risk level | priority | expected value | emv \
         | risikowert | risikozahl | prioritat | criticite | score de risque | puntuacion | \
         prioridad",
    ),
    (
        "it follows from the codes",
        "wbs level | level | outline level | ebene | gliederungsebene | niveau | nivel",
    ),
    (
        "it follows from the simulation",
        "float | float days | total float | total slack | slack | free float | is critical | is \
         critical path | critical | late start | late finish | gesamtpuffer | puffer | kritisch | \
         marge | critique | holgura | critica",
    ),
    (
        "the forecast has no use for notes",
        "notes | note | comment | comments | remarks | bemerkung | bemerkungen | kommentar | \
         anmerkung | commentaire | commentaires | remarques | comentario | comentarios | notas",
    ),
];

/// The place of a name in a list of them.
pub(super) fn place_in(names: &str, name: &str) -> Option<usize> {
    names.split('|').position(|known| known.trim() == name)
}
