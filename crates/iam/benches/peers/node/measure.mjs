// Measures @cloud-copilot/iam-simulate on the workloads of a folder. It always explains.
import { readFileSync, readdirSync } from 'node:fs'
import { runSimulation, runUnsafeSimulation } from '@cloud-copilot/iam-simulate'

const ROUNDS = 5
const ROUND_MS = 600
const folder = process.argv[2]
const version = JSON.parse(readFileSync(new URL('package-lock.json', import.meta.url)))
  .packages['node_modules/@cloud-copilot/iam-simulate'].version

function simulations({ principal, policy, requests }) {
  return requests.map(({ action, resource, context }) => ({
    request: {
      principal,
      action,
      resource: { resource, accountId: '123456789012' },
      contextVariables: context
    },
    identityPolicies: [{ name: 'policy', policy }],
    serviceControlPolicies: [],
    resourceControlPolicies: []
  }))
}

const engines = {
  'iam-simulate': async (simulation) => {
    const result = await runSimulation(simulation, {})
    return result.resultType === 'error' ? 'error' : result.overallResult
  },
  'iam-simulate, unchecked': async (simulation) =>
    runUnsafeSimulation(simulation, {})
}

// Decisions per second, request after request until the time is over.
async function round(ask, all) {
  let decisions = 0
  const start = performance.now()
  while (performance.now() - start < ROUND_MS) {
    await ask(all[decisions % all.length])
    decisions++
  }
  return (decisions * 1000) / (performance.now() - start)
}

for (const file of readdirSync(folder).sort()) {
  const workload = JSON.parse(readFileSync(`${folder}/${file}`))
  const all = simulations(workload)
  for (const [engine, ask] of Object.entries(engines)) {
    await round(ask, all)
    const rates = []
    for (let number = 0; number < ROUNDS; number++) rates.push(await round(ask, all))
    rates.sort((a, b) => a - b)
    const answers = []
    for (const simulation of all) answers.push(await ask(simulation))
    console.log(
      JSON.stringify({
        engine,
        version,
        workload: workload.name,
        decisionsPerSecond: rates[Math.floor(ROUNDS / 2)],
        allowed: answers.filter((answer) => answer === 'Allowed').length,
        refused: answers.filter((answer) => answer === 'error').length,
        requests: all.length
      })
    )
  }
}
