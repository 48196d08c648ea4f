/** What people paste out of their notes and their code, and names that no topic is about. */
import { describe, expect, it } from 'vitest'
import { createSearch } from '../../src/search/search.js'
import type { SearchTopic } from '../../src/search/search-topic.js'
import { searchOfContent } from './quality.js'

const topic = (slug: string, title: string, body: string, aliases: string[] = []): SearchTopic => ({
  slug,
  title,
  aliases,
  asked: [],
  summary: `${title} is a tool.`,
  body,
})
const mentioning = (slug: string) => topic(slug, slug.toUpperCase(), `Its data can go to Splunk ${slug}.`)
const notes = createSearch([
  topic('build', 'Builder', 'The phases stand in `buildspec.yml`.\nIt takes the place of Jenkins.'),
  topic('deploy', 'Deployer', 'The AppSpec file (`appspec.yml`) says what goes where.'),
  topic('image', 'Images', 'A `Dockerfile` has the steps; `docker-compose.yml` starts several.', [
    'docker image',
  ]),
  topic('chain', 'Pipelines', 'Stages in a row. `pipeline.py` is one of its files.'),
  topic('traffic', 'Traffic shifting', 'In steps.', ['shifting', 'tools']),
  ...['alpha', 'beta', 'gamma', 'delta'].map(mentioning),
])
const shipped = await searchOfContent()
const first = (search: typeof notes, query: string) => {
  const { match, topics } = search.find(query)
  return match === 'topic' ? topics[0]?.slug : match
}

it.each([
  ['[[Traffic shifting|label]]', 'traffic'],
  ['[[Traffic shifting#Steps]]', 'traffic'],
  ['[[Traffic shifting#Steps|how]]', 'traffic'],
  ['[[Traffic shifting|Images]]', 'traffic'],
  ['[[Traffic shifting#^a1b2]]', 'traffic'],
  ['[[notes/tools/Traffic shifting.md]]', 'traffic'],
  ['![[Traffic shifting]]', 'traffic'],
  ['[[tools#Images]]', 'image'],
  ['[[#Traffic shifting]]', 'traffic'],
  ['[[09 All|Traffic shifting]]', 'traffic'],
  ['[[Traffic shifting\\|label]]', 'traffic'],
  ['what is [[Traffic shifting|this]]?', 'traffic'],
  ['[Traffic shifting](traffic.md#steps)', 'traffic'],
  ['[[Traffic shifting|a]] vs [[Images#b|c]]', 'compare'],
  ['[[Nothing of it|at all]]', 'none'],
  ['[[]]', 'none'],
  ['[[', 'none'],
])('the link %s leads to %s', (query, wanted) => {
  expect(first(notes, query)).toBe(wanted)
})

it('completes what is pasted too', () => {
  expect(notes.complete('[[Traffic shifting|label]]', 5)).toEqual([
    { slug: 'traffic', title: 'Traffic shifting' },
  ])
})

it.each([
  ['buildspec.yml', 'build'],
  ['buildspec.yaml', 'build'],
  ['BUILDSPEC.YML', 'build'],
  ['BuildSpec file', 'build'],
  ['the buildspec file', 'build'],
  ['./ci/buildspec.yml', 'build'],
  ['`buildspec.yml`', 'build'],
  ['what goes into buildspec.yaml?', 'build'],
  ['appspec.yaml', 'deploy'],
  ['appspec.json', 'deploy'],
  ['AppSpec file', 'deploy'],
  ['Dockerfile', 'image'],
  ['docker file', 'image'],
  ['Dockerfile.prod', 'image'],
  ['docker/Dockerfile', 'image'],
  ['docker-compose.yaml', 'image'],
  ['pipeline.py', 'chain'],
  ['buildspec.yml vs appspec.yml', 'compare'],
  ['package.json', 'none'],
  ['Jenkinsfile', 'none'],
  ['main.tf', 'none'],
])('the file %s is explained by %s', (query, wanted) => {
  expect(first(notes, query)).toBe(wanted)
})

it.each([
  ['buildspec.yaml', 'codebuild'],
  ['appspec.yaml', 'codedeploy'],
  ['Dockerfile', 'sagemaker-containers-library'],
])('of the shipped pack, %s is explained by %s', (query, wanted) => {
  expect(first(shipped, query)).toBe(wanted)
})

describe('a name that no topic is about', () => {
  it.each(['Splunk', 'splunk', 'what is Splunk?'])('%s is not what many topics mention', (query) => {
    expect(notes.find(query)).toMatchObject({ match: 'none', isMention: true })
  })
  it('is told as a mention where one topic has it', () => {
    expect(notes.find('Jenkins')).toMatchObject({
      match: 'topic',
      isMention: true,
      topics: [{ slug: 'build' }],
    })
  })
  it('is a topic’s own name where that is called so', () => {
    expect(notes.find('images')).not.toHaveProperty('isMention')
  })
  it.each(['Amazon Connect', 'AWS Backup', 'aws outposts'])(
    '%s has a maker, and is told as a mention',
    (query) => {
      expect(shipped.find(query)).toMatchObject({ match: 'topic', isMention: true })
    },
  )
  it('has a maker, and stands nowhere', () => {
    const found = shipped.find('aws shield')
    expect(found).toMatchObject({ match: 'none' })
    expect(found).not.toHaveProperty('isMention')
  })
  it.each(['aws endpoints', 'amazon canary', 'aws drift'])(
    '%s is a topic’s, with a maker before it',
    (query) => {
      expect(shipped.find(query).match).not.toBe('none')
      expect(shipped.find(query)).not.toHaveProperty('isMention')
    },
  )
  it.each(['amazon athena', 'redshift', 'amazon sqs', 'sqs', 'javascript', 'sns'])(
    '%s, shipped pack',
    (query) => {
      expect(shipped.find(query)).toMatchObject({ match: 'none', isMention: true })
    },
  )
})
