/** German: common words of questions, word endings, spellings with and without umlauts, and compounds. */
import { stemmer } from '@orama/stemmers/german'
import { stopwords } from '@orama/stopwords/german'
import { EVERYDAY_WORDS } from './german-everyday.js'
import type { Language } from './language.js'

const FUNCTION_WORDS = `ab ach ans außer außerdem außerhalb beim beide beiden beides bereits besonders bestimmte
  bzw dabei dadurch dafür dagegen daher dahin danach daneben daran darauf daraus darf dürfen darin darüber darum
  darunter davon davor denen deren dazwischen deshalb deswegen diejenigen direkt durchs eben eher eigentlich
  einander entweder erst fast falls fürs gar genug gerade gern gibt her hierfür hinaus hinterm immer innerhalb
  irgendein irgendwie ja jedoch je jemand kannst könnten lassen lässt mal mehr mehrere mehreren meist meistens
  mindestens möchte mögen möglich müssen nämlich neben nein niemand nie obwohl oft paar pro schon sei seid seit
  sobald solange sollen sollten somit soviel sowie sowohl statt stets trotz trotzdem übers überhaupt übrigens
  umso und usw vielleicht vielen viele vorher wann warum weder welch wem wen wenig wenige weniger wer weshalb
  wessen weswegen wieso wieviel wohin woher womit wofür wodurch woran worauf woraus worin worüber wovon wovor wozu
  wobei ziemlich zuerst zuletzt zunächst zudem zusammen`

/** Words that frame a question; they do not say what it is about. */
const ASKING_WORDS = `ablauf angeben ansehen art arten aussehen bedeutet bedeuten bedeutung begriff beispiel beispiele
  beschreiben beschreibe beschreibung besser beste besten bitte brauche brauchen braucht danke definiere definieren
  definition ding dinge eigenschaften erklär erkläre erklären erklärung frage fragen funktioniert funktionieren
  gebraucht geben gehe gehen geht gehört gemeint genau genannt gut guten hallo heißen heißt helfen hilf hilfe hilft
  info infos information informationen kennt kurz leute liegt mach mache macht machst man meint meinst mich
  nehme nehmen nennt nennen nimmt nutze nutzen nutzt passiert sache sag sagen sagt schauen sieht sinn sprechen
  spricht stimmt taugt tun tue tut überblick unterscheide unterscheiden unterscheidet unterschied unterschiede
  vergleich vergleiche vergleichen versteht verstehen verwende verwenden verwendet vorstellen weiß wissen wichtig
  wofür zeig zeige zeigen zweck zusammenfassung vs versus benutze benutzen benutzt benötigt benötige bezeichnet
  bezeichnen dient dienen nützt bringt mittel ist`

const LIGHT_WORDS = `alt alte alten anfangen ändern anfang auswählen automatisch bauen beginnen beginnt bekomme bekommen
  bekommt bestimmen bleiben bleibt bringen dauer dauert ein einfach einfache einfachen einsetzen ende enden endet
  entsteht erhalten erkennen erkenne erkennt erster erste ersten erreichen erreicht finde finden findet folgt früh
  gegeben gleich gleiche gleichen gleichzeitig groß große großen größer halten hält häufig hoch höher holen kleine
  kleinen klein kleiner komme kommen kommt können lange langen länger langsam leicht leichter letzte letzten links
  liegen mal nah nahe nächste nächsten neu neue neuen nötig öfter prüfen prüfe rechne rechnen rechnet rechts richtig
  richtige richtigen schnell schneller schlecht schwer selber setzen setzt sicher sofort später sollen spät stark
  stehen steht stellen stellt tag tage übrig verändern verändert verhindern vermeiden vermeide versuchen voll von
  vorhanden vorn wählen wähle wechseln weit weiten welche werden wert zahl zeit ziehen zurück`

/** Everyday words that people use interchangeably. */
const KIN = `
  fehler irrtum panne störung
  schnell geschwindigkeit tempo
  langsam träge
  länge distanz entfernung strecke abstand
  höhe niveau
  teilen aufteilen gliedern
  beginnen anfangen starten
  beenden aufhören stoppen anhalten
  kaputt defekt beschädigt
  kosten preis gebühr
  prüfen kontrollieren testen überprüfen
  messen misst gemessen bestimmen ermitteln
  rechnen berechnen ausrechnen
  karte plan
  zeigen darstellen abbilden
  festmachen befestigen anbinden
  drehen wenden
  genau präzise exakt
  punkt stelle ort
  speichern aufbewahren sichern
  gefahr risiko
  verkleinern verringern reduzieren
  vergrößern erhöhen steigern
`

/** People type umlauts as two letters or as the bare vowel, and `ß` as two letters. */
function fold(text: string): string {
  return text
    .replace(/ß/g, 'ss')
    .replace(/s{3,}/g, 'ss')
    .replace(/ae+/g, 'a')
    .replace(/oe+/g, 'o')
    .replace(/(?<![aeq])ue+/g, 'u')
}

const LEAST = 4

/**
 * The stemmer leaves these endings; removing them makes `segeln` and `Segel`, `peilen` and `Peilung` equal.
 */
const ENDINGS = /(?<=.{4})(?:ung|(?<=e[lr])n)$/

function stem(word: string): string {
  return word.length < LEAST || /\p{N}/u.test(word) ? word : stemmer(word).replace(ENDINGS, '')
}

/** Letters that join the words of a compound: mostly none. */
const JOINTS = ['', 's', 'n', 'es', 'en', 'e', 'er']
const DEEPEST = 3

/**
 * Splits `Streckenmessung` into `Strecke` and `Messung`: the longest last word that leaves known words before
 * it.
 */
function compoundParts(word: string, isKnown: (word: string) => boolean, depth = DEEPEST): readonly string[] {
  for (let at = LEAST; at <= word.length - LEAST; at++) {
    const last = word.slice(at)
    if (!isKnown(last)) continue
    const first = word.slice(0, at)
    const joined = JOINTS.filter((joint) => first.length - joint.length >= LEAST - 1 && first.endsWith(joint))
    const modifier = joined.map((joint) => first.slice(0, first.length - joint.length)).find(isKnown)
    if (modifier !== undefined) return [modifier, last]
    const parts = depth > 1 ? compoundParts(first, isKnown, depth - 1) : []
    if (parts.length > 0) return [...parts, last]
  }
  return []
}

export const GERMAN: Language = {
  functionWords: `${stopwords.join(' ')} ${FUNCTION_WORDS}`,
  askingWords: ASKING_WORDS,
  lightWords: LIGHT_WORDS,
  everydayWords: EVERYDAY_WORDS,
  questionWords: `wie was warum wieso weshalb wann wo wohin woher wer wem wen welche welcher welches welchen welchem womit
    wozu wofür wodurch woran worauf woraus worin worüber wovon ist sind hat haben kann darf muss soll sollte gibt wird
    brauche braucht bei ab`,
  kin: KIN,
  stem,
  fold,
  compoundParts: (word, isKnown) => compoundParts(word, isKnown),
  nounsAreCapital: true,
  comparing: {
    compares:
      /\b(?:vs?|versus|unterschied(?:e|en|s)?|unterscheide[nt]?|vergleich(?:e|en|t)?|verglichen|im gegensatz)\b/,
    chooses: /\b(?:oder|statt|anstatt|anstelle|besser als|eher als|lieber als|und wann)\b/,
    lists: /\b(?:und|oder)\b|[,/&]/,
    between: /\b(?:vs?|versus|und|oder|mit|zu|zum|zur|von|vom|als|statt|gegenuber)\b|[,;?/&]/g,
    opening:
      /^.*?\b(?:unterschied(?:e|en|s)?|unterscheide[nt]?|vergleich(?:e|en|t)?|verglichen)\b(?: sich\b)?(?: zwischen\b)?/,
  },
}
