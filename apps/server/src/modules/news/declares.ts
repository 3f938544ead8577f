import { activityKinds, countedSubjects, recountOn } from '../../platform/activities/activities.ts'
import { declare, type Declaration } from '../../platform/registries/registries.ts'
import { helpActivities, newsActivities } from './actions/standing-facts.ts'
import { helpGiven, helpTakenBack, newsPublished, newsWithdrawn } from './events.ts'

const newsIdOf = ({ newsId }: { newsId: string }): string => newsId
const helpIdOf = ({ helpId }: { helpId: string }): string => helpId

/** What this module brings to the registries of the house. */
export const newsDeclares: Declaration[] = [
  ...declare(
    activityKinds,
    { code: 'news_published', names: { vi: 'Gửi tin sức khỏe', en: 'Health message' } },
    { code: 'install_help', names: { vi: 'Hướng dẫn cài đặt', en: 'Help with the app' } },
  ),
  ...declare(
    countedSubjects,
    {
      code: 'news',
      activitiesOf: newsActivities,
      recountOn: [
        recountOn(newsPublished, newsIdOf, { vi: 'tin sức khỏe được gửi', en: 'the health message was sent' }),
        recountOn(newsWithdrawn, newsIdOf, { vi: 'tin sức khỏe bị rút', en: 'the health message was withdrawn' }),
      ],
    },
    {
      code: 'help',
      activitiesOf: helpActivities,
      recountOn: [
        recountOn(helpGiven, helpIdOf, { vi: 'đã hướng dẫn cài đặt', en: 'help was given' }),
        recountOn(helpTakenBack, helpIdOf, {
          vi: 'lượt hướng dẫn bấm nhầm, đã hoàn tác',
          en: 'the help was entered by mistake and undone',
        }),
      ],
    },
  ),
]
