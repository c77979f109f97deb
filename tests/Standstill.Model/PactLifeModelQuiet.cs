namespace Standstill.Model;

/// <summary>What time alone does: claims over the chain of tomorrows from every state that was reached.</summary>
public static class LifeInTime
{
    /// <summary>I2. By time alone every waiting ends: from every state days lead to one in which nothing runs any more.</summary>
    /// <returns>A story where that fails; else the greatest number of days that it takes.</returns>
    public static (string? Fault, int Days) EveryWaitingEnds(LifeExploration world)
    {
        int longest = 0;
        for (int state = 0; state < world.States; state++)
        {
            int days = 0;
            int at = state;
            while (world.Tomorrow[at] != at)
            {
                at = world.Tomorrow[at];
                if (++days > world.States)
                {
                    return ($"{world.Story(state)}days lead round for ever", 0);
                }
            }

            longest = Math.Max(longest, days);
            if (Waits(world[at]) is { } what)
            {
                return ($"{world.Story(state)}{what} never ends: {LifeStory.Of(world[at])}", 0);
            }
        }

        return (null, longest);
    }

    /// <summary>I3. Every allegation ends by time alone, within the time for a ruling and the time to cure.</summary>
    public static string? EveryAllegationEnds(LifeExploration world, LifeTerms terms)
    {
        for (int state = 0; state < world.States; state++)
        {
            Life before = world[state];
            int at = state;
            for (int day = 0; day < terms.Rulings + terms.Cure; day++)
            {
                at = world.Tomorrow[at];
            }

            Life after = world[at];
            if (before.Set(p => p.Accused > 0 || p.Cure > 0) != 0 && after.Set(p => p.Accused > 0 || p.Cure > 0) != 0)
            {
                return $"{world.Story(state)}an allegation is still pending: {LifeStory.Of(after)}";
            }
        }

        return null;
    }

    private static string? Waits(Life life)
    {
        foreach (PartyLife party in Enumerable.Range(0, life.Count).Select(p => life[p]))
        {
            if (party.Leaves > 0)
            {
                return "a withdrawal";
            }

            if (party.Accused is > 0 and < 3 || party.Cure > 0)
            {
                return "an allegation";
            }

            if (party.Suspected > 0)
            {
                return "a suspicion";
            }

            if (party.Probation > 0)
            {
                return "a probation";
            }
        }

        return life.Stage is LifeStage.Preparing or LifeStage.InNotice or LifeStage.Lifting ? $"the stage {life.Stage}" : null;
    }
}
