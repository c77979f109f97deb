using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Standstill.Protocol;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Statements;

namespace Standstill.Node.Notices;

/// <summary>The notices that a world gives: one for each line of a pact's history, one for each date that is 7 days or 1 day away.</summary>
/// <remarks>A pure function of the world, so that every node gives the same. What has happened stays; that a date is near is told
/// while the date is ahead. A date that was set less than 7 days before gives no notice 7 days before, and so on.</remarks>
internal static class PactNotices
{
    /// <summary>How many days before a date it is near.</summary>
    public static ImmutableArray<int> Near { get; } = [7, 1];

    /// <summary>All of one pact, oldest first.</summary>
    public static IEnumerable<Notice> Of(World world, Pact pact) => After(world, pact, default, int.MaxValue).OrderBy(n => n.Position);

    /// <summary>The first of those after a place, over the pacts that are asked for, in the order of their places.</summary>
    public static List<Notice> After(World world, NoticePosition place, Func<PactId, bool> about, int most) =>
        [.. world.Pacts.Values.Where(p => about(p.Id)).SelectMany(p => After(world, p, place, most)).OrderBy(n => n.Position).Take(most)];

    /// <summary>The latest over all pacts, newest first.</summary>
    public static IEnumerable<Notice> Latest(World world, int most) => world.Pacts.Values
        .SelectMany(p => p.History.Reverse().Take(most).Select((t, back) => Of(p, p.History.Count - 1 - back, t)).Concat(DatesNear(world, p)))
        .OrderByDescending(n => n.Position)
        .Take(most);

    private static IEnumerable<Notice> After(World world, Pact pact, NoticePosition place, int most)
    {
        // Histories are long and what is asked for stands at their ends.
        var first = pact.History.Count;
        while (first > 0 && Place(pact, first - 1, pact.History[first - 1].At).CompareTo(place) > 0)
        {
            first--;
        }

        return Enumerable.Range(first, Math.Min(most, pact.History.Count - first)).Select(i => Of(pact, i, pact.History[i]))
            .Concat(DatesNear(world, pact).Where(n => n.Position.CompareTo(place) > 0));
    }

    private static NoticePosition Place(Pact pact, int ordinal, Moment at) => new(at.Time, at.Entry.Value, pact.Id, ordinal, "");

    private static Notice Of(Pact pact, int ordinal, PactTransition transition)
    {
        var sentence = PactText.Of(transition.What);
        return new Notice(
            Place(pact, ordinal, transition.At),
            transition.At.Entry,
            "pact." + Dashed(transition.What.GetType().Name),
            Line(pact, sentence),
            Body(pact, sentence, transition.At.Time),
            WeightOf(transition.What));
    }

    private static IEnumerable<Notice> DatesNear(World world, Pact pact) =>
        from due in PactCalendar.Of(pact, world.Now)
        where due.State == DueState.Ahead
        from days in Near
        where due.When > DateTimeOffset.MinValue.AddDays(days)
        let time = due.When.AddDays(-days)
        where due.Since.Time < time && time <= world.Now
        select DateNear(pact, due, days, time);

    private static Notice DateNear(Pact pact, Due due, int days, DateTimeOffset time)
    {
        var sentence = $"In {(days == 1 ? "1 day" : $"{days} days")}, at {PactText.Time(due.When)}: {DueText.Of(due)}.";
        return new Notice(
            new NoticePosition(time, -1, pact.Id, 0, $"{due.Name}-{days}d"),
            due.Since.Entry,
            "deadline." + Words.Of(due.What),
            Line(pact, sentence),
            Body(pact, sentence, time),
            days == 1 ? NoticeWeight.Important : NoticeWeight.Routine);
    }

    // A subject is a line: it goes into a mail's header and a feed's title.
    private static string Line(Pact pact, string sentence)
    {
        const int Most = 200;
        var line = $"{pact.Terms.Title.ReplaceLineEndings(" ")}: {sentence.ReplaceLineEndings(" ")}".TrimEnd('.');
        return line.Length <= Most ? line : line[..(char.IsHighSurrogate(line[Most - 2]) ? Most - 2 : Most - 1)] + "…";
    }

    private static string Body(Pact pact, string sentence, DateTimeOffset time) => new StringBuilder()
        .Append(sentence).Append("\n\n")
        .Append(CultureInfo.InvariantCulture, $"pact    {pact.Terms.Title.ReplaceLineEndings(" ")} ({pact.Id})\n")
        .Append(CultureInfo.InvariantCulture, $"time    {PactText.Time(time)}\n")
        .ToString();

    private static NoticeWeight WeightOf(PactChange change) => change is
        PactChange.Armed or PactChange.Joined or PactChange.Called or PactChange.InForce or PactChange.WithdrawalNoticed
        or PactChange.CureStarted or PactChange.Breached or PactChange.Freed or PactChange.Disarmed or PactChange.Dissolved
        or PactChange.Released or PactChange.Pledged or PactChange.PledgedAsWell or PactChange.Preparing or PactChange.PreparingAnew
        or PactChange.DroppedOut or PactChange.BoundTogether or PactChange.DegreeChanged or PactChange.Suspected or PactChange.BreachedBySilence
        or PactChange.HandedOver or PactChange.Extended or PactChange.MemberReleased or PactChange.LiftingStarted or PactChange.Lifted
        or PactChange.Succeeded
        ? NoticeWeight.Important
        : NoticeWeight.Routine;

    private static string Dashed(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name)
        {
            _ = char.IsUpper(c) && text.Length > 0 ? text.Append('-') : text;
            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }
}
