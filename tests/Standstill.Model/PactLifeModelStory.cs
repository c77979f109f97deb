using System.Text;

namespace Standstill.Model;

/// <summary>What happened, in words, for a reader who wants to judge a rule.</summary>
public static class LifeStory
{
    private static readonly string[] Names = ["ash", "birch", "cedar", "dogwood"];

    /// <summary>The name of a party.</summary>
    public static string Name(int party) => Names[party];

    /// <summary>The names of a set of parties.</summary>
    public static string NamesOf(int set) => set == 0 ? "nobody" : string.Join(" and ", PactLifeModel.Members(set).Select(Name));

    /// <summary>A way through a world, one line a step.</summary>
    public static string Of(LifeWorld world, IReadOnlyList<LifeEvent> way)
    {
        var story = new StringBuilder();
        Life life = PactLifeModel.Opened(world);
        int day = 0;
        story.Append($"In the world `{world.Name}`:\n");
        foreach (LifeEvent happens in way)
        {
            day += happens.Kind == LifeEventKind.Day ? 1 : 0;
            life = PactLifeModel.After(world, life, happens) ?? life;
            story.Append($"  day {day}: {Of(happens),-48} {Of(life)}\n");
        }

        return story.ToString();
    }

    /// <summary>An event.</summary>
    public static string Of(LifeEvent happens)
    {
        string who = Name(happens.Party);
        return happens.Kind switch
        {
            LifeEventKind.Day => "a day passes",
            LifeEventKind.Commit => $"{who} commits (wish {happens.Value})",
            LifeEventKind.Withdraw => $"{who} withdraws",
            LifeEventKind.Ready => $"{who} confirms",
            LifeEventKind.Pause => "the pause level turns",
            LifeEventKind.Release => "the release level turns",
            LifeEventKind.Allege => $"{who} is accused",
            LifeEventKind.Uphold => $"the allegation against {who} is upheld",
            LifeEventKind.Dismiss => $"the allegation against {who} is dismissed",
            LifeEventKind.FindCured => $"{who} has cured",
            LifeEventKind.Discharge => $"{who} brings its evidence",
            LifeEventKind.AgreeToRelease => $"{who} agrees to the release",
            LifeEventKind.Extend => $"{who} agrees to {happens.Value} more days",
            LifeEventKind.Succeed => $"{who} becomes {NamesOf(happens.Value)}",
            LifeEventKind.MoveCompute => "compute moves",
            LifeEventKind.Assurance => $"the assurance of {who} turns",
            LifeEventKind.HandOver => $"{who} hands its compute over",
            LifeEventKind.OpenSealed => $"the seals of {NamesOf(happens.Value)} are opened",
            _ => throw new InvalidOperationException("an event without words"),
        };
    }

    /// <summary>A state: its stage, then every party that ever committed.</summary>
    public static string Of(Life life)
    {
        IEnumerable<string> parties = Enumerable.Range(0, life.Count)
            .Where(p => life[p].Standing != LifeStanding.None)
            .Select(p => $"{Name(p)} {Of(life[p])}");
        string clock = life.Clock > 0 && life.Stage != LifeStage.Lifting ? $" {life.Clock}d" : "";
        return $"{life.Stage}{clock}: {string.Join(", ", parties)}";
    }

    private static string Of(PartyLife party)
    {
        var text = new StringBuilder(party.Standing.ToString());
        Add("leaves in", party.Leaves);
        Add("probation", party.Probation);
        Add("accused", party.Accused);
        Add("cure", party.Cure);
        Add("suspected", party.Suspected);
        return text.ToString();

        void Add(string what, int days)
        {
            if (days > 0)
            {
                text.Append($" ({what} {days}d)");
            }
        }
    }
}
