"""A small scenario of stocks for tests of its reader."""

TWO = """\
    title: {fr: Deux, en: Two}
    start: 2022-03-01
    days: 100
    assumptions:
      held:
        {low: 900, likely: 1000, high: 1200, unit: shells,
         reference: {body: Nobody, title: None, date: 2022-02-01}}
    sustainment:
      members:
        FRA: {title: France}
        UKR: {title: Ukraine}
      classes:
        shells: {unit: shell, items: [ammunition]}
      stocks:
        - member: FRA
          class: shells
          stock: $held
          floor: 400 shells
          lasts: 20 days
          production:
            rate: 2 shells/day
            ramp: {start: 2022-03-11, end: 2022-03-31, rate: 6 shells/day}
          orders:
            - {placed: 2022-02-01, size: 60 shells, lead: 38 days, over: 6 days}
          use: {rate: 1 shell/day}
        - member: UKR
          class: shells
          stock: 10 shells
          use:
            rate: 3 shells/day
            changes:
              - {on: 2022-04-10, rate: 9 shells/day}
          repair: {share: 20 %, delay: 5 days}
      donations:
        march: {from: FRA, to: UKR, class: shells, promised: 2022-03-06, due: 2022-03-20,
          quantity: 300 shells, share: 0.9, over: 10 days, delay: 4 days, lost: 0.1}
    ask:
      short: {sustainment: {outrun: {member: UKR, class: shells}}}
      left: {sustainment: {stock: {member: FRA, class: shells, on: 2022-03-03}}}
      came: {sustainment: {delivered: [march]}}
"""
