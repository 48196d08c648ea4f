/**
 * One small file of each format that is read, written for the tests; what is broken in them is so on purpose.
 */
import { strToU8, zipSync } from 'fflate'
import type { SourceFile } from '../../../src/content/formats/format.js'
import { type Cell, xlsx } from './xlsx.js'

export interface Sample extends SourceFile {
  /** The id of the format that reads it. */
  readonly format: string
  /** How many questions and topics are taken of it, and how many left out. */
  readonly taken: number
  readonly leftOut: number
}

export const fileOf = (text: string, path = 'questions.txt'): SourceFile => ({
  path,
  bytes: new TextEncoder().encode(text),
})

const sample = (format: string, path: string, text: string, taken: number, leftOut: number): Sample => ({
  format,
  ...fileOf(text, path),
  taken,
  leftOut,
})

const GIFT = `// Bread, for beginners
$CATEGORY: $course$/top/Bread

::Salt::What does salt do to a dough? {
  =It slows the yeast down #Salt draws water out of the cells of yeast.
  ~It feeds the yeast #Sugar does that.

  ~It is only there for the taste
  ####Two parts of salt for a hundred of flour are usual.
}

Rye flour has less gluten than wheat flour. {T#Rye has little of it.#Right, so rye bread is dense.}

::Two of them::Which two are leavens? {~%50%Yeast ~%50%Sourdough ~%-100%Salt ~%-100%Malt}

Match each bread with its country. {
  =Baguette -> France
  =Pumpernickel -> Germany
  =Ciabatta -> Italy
}

A dough rises because of {=carbon dioxide ~oxygen ~steam alone}.

How warm should the water be? {#38:2}

[html]<p>Which is <b>no</b> grain?<img src="corn.png"></p> {=Potato ~Oat ~Barley}

Never closed {=a ~b

What is it called? {=crumb =inside}
`

const AIKEN = `Which planet has the most moons known today?
Moons of every size count.
A. Jupiter
B) Saturn
c. Neptune
D)Mars
ANSWER: B

Which of these is a dwarf planet?
A) Pluto
B) Titan
C) All of the above
Answer: a

A question that nobody answered.
A. One
B. Two
`

const MARKDOWN = `# Practice exam

## Tea

1. Which tea is not fermented at all?
    - A. Black tea
    - B. Green tea
    - C. Oolong

    <details markdown=1><summary>Answer</summary>
      Correct answer: B

      Explanation: its leaves are heated soon after they are picked.
    </details>

2. Which of these come from the tea plant? (Choose TWO)
    - A. White tea
    - B. Rooibos
    - C. Pu-erh
    - D. Mint tea

    <details markdown=1><summary>Answer</summary>
      Correct answer: A, C
    </details>

3. At which heat does water boil on a high mountain?
    - A. Below 100 °C
    - B. Above 100 °C

4. Which of these is a teapot?
    - A. ![a pot](pot.png)
    - B. ![a pan](pan.png)

    <details><summary>Answer</summary>
      Correct answer: A
    </details>
`

const ANKI = `#separator:tab
#html:true
#deck column:3
#tags column:4
Osmosis	Water moves through a <b>membrane</b>&nbsp;to where more is dissolved.	Biology::Cells	water
"Meiosis"	"Cells divide into four<br>with half of the ""set"".
Each is different."	Biology::Cells
Mitochondrion	[sound:m.mp3]<img src="m.png">	Biology
{{c1::DNA}} is a double helix		Biology
`

const TRIVIA = JSON.stringify(
  {
    response_code: 0,
    results: [
      {
        type: 'multiple',
        difficulty: 'easy',
        category: 'Science &amp; Nature',
        question: 'Which gas do plants take in? It isn&#039;t &quot;air&quot;.',
        correct_answer: 'Carbon dioxide',
        incorrect_answers: ['Oxygen', 'Helium', 'Methane'],
      },
      {
        type: 'boolean',
        difficulty: 'easy',
        category: 'Science &amp; Nature',
        question: 'Bats are birds.',
        correct_answer: 'False',
        incorrect_answers: ['True'],
      },
      { type: 'multiple', category: 'Art', question: 'Who painted it?', incorrect_answers: ['Ann'] },
    ],
  },
  undefined,
  2,
)

const MOODLE = `<?xml version="1.0" encoding="UTF-8"?>
<quiz>
  <question type="category"><category><text>$course$/top/Rivers</text></category></question>
  <question type="multichoice">
    <name><text>Longest</text></name>
    <questiontext format="html"><text><![CDATA[<p>Which river is the <b>longest</b> of Europe?</p>]]></text></questiontext>
    <generalfeedback format="html"><text><![CDATA[<p>It ends in the Caspian Sea &amp; is 3,500 km long.</p>]]></text></generalfeedback>
    <single>true</single>
    <answer fraction="100" format="html"><text>The Volga</text><feedback format="html"><text>Yes.</text></feedback></answer>
    <answer fraction="0" format="html"><text>The Danube</text></answer>
  </question>
  <question type="matching">
    <questiontext format="plain_text"><text>Which city is on which river?</text></questiontext>
    <subquestion><text>Vienna</text><answer><text>Danube</text></answer></subquestion>
    <subquestion><text>Cologne</text><answer><text>Rhine</text></answer></subquestion>
  </question>
  <question type="essay"><questiontext format="html"><text>Write about a river.</text></questiontext></question>
</quiz>
`

const qtiItem = (body: string, values: readonly string[]) => `<?xml version="1.0" encoding="UTF-8"?>
<qti-assessment-item xmlns="http://www.imsglobal.org/xsd/imsqtiasi_v3p0" identifier="i" title="Clouds">
  <qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier">
    <qti-correct-response>${values.map((value) => `<qti-value>${value}</qti-value>`).join('')}</qti-correct-response>
  </qti-response-declaration>
  <qti-item-body>${body}</qti-item-body>
</qti-assessment-item>
`
const CLOUDS = `<qti-choice-interaction response-identifier="RESPONSE" max-choices="1">
    <qti-prompt>Which cloud brings thunder?</qti-prompt>
    <qti-simple-choice identifier="A">Cirrus</qti-simple-choice>
    <qti-simple-choice identifier="B">Cumulonimbus</qti-simple-choice>
  </qti-choice-interaction>`
const QTI = qtiItem(CLOUDS, ['B'])
const QTI_PACKAGE = zipSync(
  {
    'imsmanifest.xml': strToU8(
      '<manifest><resources><resource href="a.xml"/><resource href="b.xml"/></resources></manifest>',
    ),
    'a.xml': strToU8(QTI),
    'b.xml': strToU8(qtiItem('<p>Only a text.</p>', [])),
  },
  { mtime: '2026-11-29' },
)

const KAHOOT: readonly (readonly Cell[])[] = [
  ['Quiz template'],
  [],
  [
    null,
    'Question - max 120 characters',
    'Answer 1 - max 75 characters',
    'Answer 2 - max 75 characters',
    'Time limit (sec)',
    'Correct answer(s) - choose at least one',
  ],
  [1, 'Which is a string instrument?', 'Lute', 'Oboe', 20, 1],
  [2, 'Which has a reed?', 'Lute', 'Oboe', 20, null],
]
const kahootText = KAHOOT.map((row) => row.map((cell) => cell ?? '').join(';')).join('\n')

const WAYGROUND: readonly (readonly Cell[])[] = [
  ['Question Text', 'Question Type', 'Option 1', 'Option 2', 'Option 3', 'Correct Answer', 'Time in seconds'],
  [
    'Text of the question (required)',
    'Question Type',
    'Text for option 1',
    'Text for option 2',
    'Text for option 3',
    'Correct Answer',
  ],
  ['Which two are primes?', 'Checkbox', 7, 9, 11, '1,3', 30],
  ['Name a prime', 'Open-Ended'],
]

const BLOOKET = `"Blooket
Import Template",,,,,,,
Question #,Question Text,Answer 1,Answer 2,"Answer 3
(Optional)","Answer 4
(Optional)","Time Limit (sec)
(Max: 300 seconds)","Correct Answer(s)
(Only include Answer #)"
1,"Which tree keeps its leaves,
even in winter?",Oak,Holly,,,20,2
2,Which tree has acorns?,Oak,Holly,,,20,
`

const CSV = `Our quiz about tools;;;;
question;option a;option b;answer;explanation
Which tool turns a screw?;"Saw; or not";Screwdriver;B;"It fits
into the head."
Which tool cuts wood?;Saw;Hammer;Wrench;
`

const LAKES = [
  { question: 'Which lake is the deepest?', options: { A: 'Baikal', B: 'Erie' }, answer: 'A' },
  { question: 'Which lake is the longest?', options: ['Tanganyika', 'Como'] },
]

const TABLE = `# Seas

| Question | A | B | **Answer** | Explanation |
|:--|---|---|:-:|---|
| Which sea is *saltier*? | The Dead Sea | The Baltic \\| its gulfs | **A** | It has no way out. |
| Which sea is larger? | The Baltic | The North Sea | | |
`

const OURS = `- id: deepest
  kind: choice
  stem: Which lake is the deepest?
  choices: [{ text: Baikal, right: true, why: It has 1642 m. }, { text: Erie }]
- id: broken
  kind: choice
  stem: Which lake is the longest?
  choices: [{ text: Como }]
`

export const SAMPLES: readonly Sample[] = [
  sample('gift', 'bread.gift', GIFT, 6, 3),
  sample('aiken', 'planets.txt', AIKEN, 2, 1),
  sample('markdown', 'tea.md', MARKDOWN, 2, 2),
  sample('markdown-table', 'seas.md', TABLE, 1, 1),
  sample('pack-yaml', 'lakes.questions.yaml', OURS, 1, 2),
  sample('anki', 'cells.txt', ANKI, 2, 2),
  sample('trivia', 'trivia.json', TRIVIA, 2, 1),
  sample('json', 'lakes.json', JSON.stringify(LAKES, undefined, 1), 1, 1),
  sample('moodle-xml', 'rivers.xml', MOODLE, 2, 1),
  sample('qti', 'clouds.xml', QTI, 1, 0),
  { format: 'qti', path: 'clouds.zip', bytes: QTI_PACKAGE, taken: 1, leftOut: 1 },
  sample('kahoot', 'music.csv', kahootText, 1, 1),
  { format: 'kahoot', path: 'music.xlsx', bytes: xlsx(KAHOOT), taken: 1, leftOut: 1 },
  sample('wayground', 'primes.tsv', WAYGROUND.map((row) => row.join('\t')).join('\n'), 1, 1),
  { format: 'wayground', path: 'primes.xlsx', bytes: xlsx(WAYGROUND), taken: 1, leftOut: 1 },
  sample('blooket', 'trees.csv', BLOOKET, 1, 1),
  sample('csv', 'tools.csv', CSV, 1, 1),
]
