/** German words that occur in conversation about anything, whether or not the notes happen to have them. */

export const EVERYDAY_WORDS = `
  abend abholen ablehnen abnehmen achten ähnlich aktuell allein allerdings allgemein andererseits anfangen angebot
  angeht angemessen angenommen angst anhand ankommen annehmen anpassen anschauen anschließend ansprechen antwort
  anwenden anzahl anzeigen arbeit arbeiten ärger aufgabe aufhören aufmachen aufpassen augenblick ausdruck ausführen
  ausgehen auskommen ausreichen ausreichend ausprobieren äußern aussuchen
  bald basis beachten bedarf bedingung beeinflussen befinden begründen behalten behandeln beitrag bekannt bemerken
  bemühen beobachten berechnen berücksichtigen beruhen beschäftigen beschließen besitzen besorgen bestehen bestellen
  besteht besuchen betrachten betreffen betrifft beweisen bewirken bezug bieten bild bilden bislang bitten blick
  brechen breit bringen
  chance dankbar darstellen denken derzeit deutlich dick drehen dringend drohen druck drucken drücken dumm dünn
  ebenfalls ebenso echt effekt ehrlich eigen eigene eigenen eigentlich eignen einerseits einfallen einfluss einhalten
  einig einmal einstellen einzeln einzelne einzige empfehlen endgültig endlich entdecken entfernen enthalten
  entscheiden entscheidung entsprechen entsprechend entweder entwickeln ereignis erfahren erfahrung erfolg erfüllen
  ergeben ergebnis erhöhen erinnern erleben erlauben erlaubt ermöglichen ernst erscheinen ersetzen erwarten erzählen
  erzeugen essen
  fähig fahren fall fallen falsch familie fangen fassen fehlen fein fertig fest feststellen form fordern fortsetzen
  frei fremd freude freund früher fühlen führen füllen funktion fürchten
  ganz gebiet gefährlich gefallen gefühl gegensatz gegenüber gegenwärtig geheim gehören gelegenheit gelingen gelten
  genießen gerät gering gesamt geschehen geschichte gesetz gestern gewinnen gewiss gewöhnlich glauben grenze grob
  grund grundlage grundsätzlich gruppe gültig günstig
  haben halb hand handeln hart hauptsächlich haus heraus heute hinweis hoffen hören
  idee indem inhalt insgesamt interessant interesse inzwischen irgendwann irren
  jahr jahre jederzeit jeweils jung jüngst
  kalt kämpfen kaufen kennen kind kinder klar klären kombinieren komplett kompliziert kontrollieren konkret kopf
  kosten kräftig kriegen kunde kurz
  laden lage land lassen laufen laut leben legen lehren leiden leisten lernen lesen letztlich leute lieben liefern
  lösen lösung lust
  manchmal mann maß material mehrheit meinung melden menge mensch menschen merken merkmal methode minute mitnehmen
  mitteilen modern möglichkeit moment monat morgen mühe muster mutter
  nachdem nachdenken nacht nahezu name namen natürlich nennen nieder normal normalerweise notwendig nutzen nützlich
  offen öffnen ordnung ort
  paar passen passend persönlich person plan planen platz plötzlich praktisch preis prinzip problem produkt projekt
  punkt qualität raum reagieren recht rede reden regel regelmäßig reichen reihe reihenfolge rest retten richten
  richtung rolle rufen ruhe ruhig
  sammeln satz schaden schaffen schätzen scheinen schicken schlagen schließen schließlich schlimm schluss schreiben
  schritt schuld schule schützen schwach schwierig schwierigkeit seite sekunde selten senden sichern sinnvoll situation
  sitzen sofern sonst sorgen sparen spaß spezielle spielen sprache springen ständig stark statt stattfinden stecken
  stören stoßen strecke streit stück stunde suche suchen
  tatsache tatsächlich teil teilen tempo text thema tief tragen treffen treiben trennen trotz typisch
  übergeben überlegen übernehmen überraschen übersehen überzeugen umgehen umgekehrt unbedingt ungefähr unmöglich
  unterschiedlich unterstützen ursache
  vater verantwortlich verbessern verbinden verbrauchen verbringen vergessen verhalten verhältnis verhindern verkaufen
  verlangen verlassen verlieren vermutlich versprechen verstärken versuch verteilen vertrauen verwandeln verzichten
  völlig vollständig vorbei vorbereiten vorgehen vorher vorhin vorkommen vorschlag vorsicht vorsichtig vorstellung
  vorteil nachteil
  wachsen wagen wahr wahrscheinlich warm warnen warten wechsel weg weh weise weitere welt wenden werfen wesentlich
  wirken wirklich wirkung woche wohl wollen wort wünschen
  zahlen zeigen zeile zeitpunkt ziel ziemlich zimmer zufrieden zugleich zukunft zulassen zumindest zunehmen zuordnen
  zusammenhang zusätzlich zustand zuständig zwecks zweifel zweite
  app team firma kollege kollegin chef handy verwendung
`
