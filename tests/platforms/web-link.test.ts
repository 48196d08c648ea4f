// @module-tag slow
/** `/study link` between two members of the web chat, through its page's own door. */
import { expect, it } from 'vitest'
import { plainCard } from '../../src/bot/ui/card.js'
import { startBot } from '../helpers/bot.js'
import { webPage } from '../helpers/web-page.js'

it('joins two members of the web chat, and they come apart again', async () => {
  const bot = await startBot()
  const { says, presses, last } = await webPage(bot)
  await says('ann', '/study exam 2027-02-15')
  await says('ann', '/study link')
  const code = /link ([A-Z2-9-]{9})/.exec(plainCard(await last('ann')))?.[1] ?? ''
  await says('ben', `/study link ${code}`)
  expect(plainCard(await last('ben'))).toContain('The code is of Ann on the web chat.')
  await presses('ben', 'Link')
  expect((await last('ben')).title).toBe('Now say yes there')
  await bot.tick()
  await bot.tick()
  expect(plainCard(await last('ann'))).toContain('Ben on the web chat typed your code and said yes.')
  await presses('ann', 'Link')
  expect((await last('ann')).title).toBe('Linked')
  await bot.tick()
  expect(plainCard(await last('ben'))).toContain('• Ann on the web chat')
  await says('ben', '/study status')
  expect(plainCard(await last('ben'))).toContain('Your exam: 2027-02-15')
  await says('ben', '/study unlink')
  await presses('ben', 'Unlink')
  expect((await last('ben')).title).toBe('Unlinked')
  expect(await bot.store.accounts({ platform: 'web', workspace: 'local', user: 'ann' })).toHaveLength(1)
  expect(bot.errors).toEqual([])
})
