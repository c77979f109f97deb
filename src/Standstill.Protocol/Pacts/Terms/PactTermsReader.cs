using System.Collections.Immutable;
using System.Globalization;
using Standstill.Protocol.Statements;
using Standstill.Protocol.Statements.Bodies;

namespace Standstill.Protocol.Pacts.Terms;

/// <summary>Reads the text of a pact line by line. What <see cref="PactTerms.CheckLife"/> finds is told at its line.</summary>
/// <remarks>Where a line cannot be read, that is told, and good terms stand in for it, so that what is wrong elsewhere is told as well.</remarks>
internal sealed class PactTermsReader
{
    private static readonly TimeSpan StandIn = TimeSpan.FromDays(1);

    private static readonly ImmutableArray<Field> Fields =
    [
        new("pact", Stands.Once, "pact \"Frontier pause\"", (r, l) => r.title = l.Quotation()),
        new("stop", Stands.Often, "stop training runs above 1e26 FLOP", (r, l) => r.Add("stop", r.stops, l, Stop(l) ?? new ScopeStop.Other($"line {l.Number}"))),
        new("allow", Stands.Often, "allow inference", (r, l) => r.Add("allow", r.allowances, l, Allowance(l) ?? new ScopeAllowance.Other($"line {l.Number}"))),
        new("trigger", Stands.Once, "trigger self-improvement", (r, l) => r.trigger = l.Name("trigger")),
        new("prepare", Stands.Once, "prepare within 7 days", (r, l) => r.prepare = l.Needs("within") ? l.Days() : null),
        new("notice", Stands.Once, "notice 14 days", (r, l) => r.notice = l.Days()),
        new("cure", Stands.Once, "cure 30 days", (r, l) => r.cure = l.Days()),
        new("rulings", Stands.Once, "rulings within 30 days", (r, l) => r.rulings = l.Needs("within") ? l.Days() : null),
        new("silence", Stands.AtMostOnce, "silence 5 days", (r, l) => r.silence = l.Days()),
        new("owe", Stands.Often, "owe heartbeat every 1 day", (r, l) => r.Add("owe", r.owed, l, Owed(l))),
        new("withdraw", Stands.Once, "withdraw with 90 days of notice", (r, l) => r.withdraw = Withdraw(l)),
        new("blackout", Stands.Once, "blackout 60 days", (r, l) => r.blackout = l.Days()),
        new("probation", Stands.Once, "probation 180 days", (r, l) => r.probation = l.Days()),
        new("lasts", Stands.AtMostOnce, "lasts at most 365 days", (r, l) => r.lasts = l.Needs("at", "most") ? l.Days() : null),
        new("review", Stands.AtMostOnce, "review every 90 days", (r, l) => r.review = l.Needs("every") ? l.Days() : null),
        new("release", Stands.Often, "release by trigger", (r, l) => r.Release(l)),
        new("lift", Stands.Often, "lift to 50% after 30 days", (r, l) => r.Add("lift", r.lifting, l, Lift(l))),
        new("count", Stands.Often, "count pact labs-pact", (r, l) => r.Count(l)),
        new("seal", Stands.AtMostOnce, "seal with 2 of sample-maple, sample-oak, sample-pine", (r, l) => r.trustees = r.Seal(l)),
        new("tell", Stands.AtMostOnce, "tell a coarse count", (r, l) => r.coarse = l.Needs("a", "coarse", "count")),
    ];

    private readonly List<(int Line, Fault Fault)> faults = [];
    private readonly Dictionary<string, int> lines = new(StringComparer.Ordinal); // the line of a field (its first) and of each item
    private readonly List<ScopeStop> stops = [];
    private readonly List<ScopeAllowance> allowances = [];
    private readonly List<Duty> owed = [];
    private readonly List<LiftingStep> lifting = [];
    private readonly SortedSet<PactId> nested = [];
    private string? title;
    private string? trigger;
    private TimeSpan? prepare;
    private TimeSpan? notice;
    private TimeSpan? cure;
    private TimeSpan? rulings;
    private TimeSpan? silence;
    private TimeSpan? withdraw;
    private TimeSpan? blackout;
    private TimeSpan? probation;
    private TimeSpan? lasts;
    private TimeSpan? review;
    private bool byTrigger;
    private int? byMembers;
    private SealTerms? trustees;
    private bool coarse;

    private PactTermsReader()
    {
    }

    private enum Stands
    {
        Once,
        AtMostOnce,
        Often,
    }

    public static Parsed<PactTerms> Read(string text)
    {
        var reader = new PactTermsReader();
        foreach (PactLine line in PactLine.Of(text))
        {
            reader.Read(line);
        }

        return reader.Result();
    }

    private void Read(PactLine line)
    {
        if (Fields.FirstOrDefault(f => f.Word == line.Begins) is not { } field)
        {
            line.Refuse(string.Join(", ", Fields[..^1].Select(f => $"`{f.Word}`")) + $" or `{Fields[^1].Word}`");
            Refuse(line, "", "begin the line with one of these words");
            return;
        }

        if (field.Stands != Stands.Often && lines.TryGetValue(field.Word, out int first))
        {
            Refuse(line.Number, field.Word, $"`{field.Word}` stands twice", string.Create(CultureInfo.InvariantCulture, $"leave out this line or line {first}"));
            return;
        }

        if (field.Word == "pact" && lines.Count > 0)
        {
            Refuse(line.Number, field.Word, "the title stands after other lines", "begin the text with it");
        }

        lines.TryAdd(field.Word, line.Number);
        line.Takes(field.Word);
        field.Read(this, line);
        if (line.Stray is not null || !line.Ends())
        {
            Refuse(line, $", {field.Word}", $"write it as in `{field.Form}`");
        }
    }

    private Parsed<PactTerms> Result()
    {
        foreach (Field field in Fields.Where(f => f.Stands == Stands.Once && !lines.ContainsKey(f.Word)))
        {
            Refuse(int.MaxValue, field.Word, $"the pact does not say `{field.Word}`", $"add a line such as `{field.Form}`");
        }

        if (lines.TryGetValue("tell", out int tell) && !lines.ContainsKey("seal"))
        {
            Refuse(tell, "tell", "there are no sealed commitments to tell about", "add `seal`, or leave `tell` out");
        }

        Parsed<PactTerms> terms = Check();
        foreach (Fault fault in terms.Faults)
        {
            string word = fault.Place == "title" ? "pact" : fault.Place.Split('[')[0];
            int line = lines.GetValueOrDefault(fault.Place, lines.GetValueOrDefault(word, int.MaxValue));
            Refuse(line, word, fault.Message, fault.Remedy);
        }

        return faults.Count > 0 ? Parsed<PactTerms>.Bad([.. faults.OrderBy(f => f.Line).Select(f => f.Fault)]) : terms;
    }

    private Parsed<PactTerms> Check() => PactTerms.CheckLife(
        title ?? "title",
        [.. stops],
        [.. allowances],
        new TriggerId(trigger ?? "trigger"),
        notice ?? StandIn,
        cure ?? StandIn,
        withdraw ?? StandIn,
        lasts,
        new PactLife
        {
            Preparation = prepare ?? StandIn,
            Rulings = rulings ?? StandIn,
            Silence = owed.Count == 0 && lines.ContainsKey("owe") ? null : silence,
            Owed = [.. owed],
            Blackout = blackout ?? StandIn,
            Probation = probation ?? StandIn,
            Review = review,
            Lifting = [.. lifting],
            Release = new ReleaseRule(byTrigger || (byMembers is null && lines.ContainsKey("release")), byMembers),
            Nested = [.. nested],
            Seal = trustees is null ? null : trustees with { CoarseCount = coarse },
        });

    private void Add<T>(string field, List<T> items, PactLine line, T? item)
        where T : class
    {
        if (item is not null)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{field}[{items.Count}]"), line.Number);
            items.Add(item);
        }
    }

    private static ScopeStop? Stop(PactLine line)
    {
        if (line.IsQuoted)
        {
            return new ScopeStop.Other(line.Quotation()!);
        }

        if (line.Takes("training"))
        {
            return line.Needs("runs", "above") && line.Real("a number") is { } flop && line.Needs("FLOP") ? new ScopeStop.TrainingAbove(flop) : null;
        }

        if (line.Takes("runs"))
        {
            return line.Needs("of", "kind") && Kinds(line) is { } kinds ? new ScopeStop.RunsOfKind(kinds) : null;
        }

        if (line.Takes("acceleration"))
        {
            return line.Needs("of", "AI", "research", "by", "AI") ? new ScopeStop.ResearchAcceleration() : null;
        }

        if (line.Takes("clusters"))
        {
            return line.Needs("above") && line.Whole("a whole number", digits: 10) is { } size && line.Needs("accelerators") ? new ScopeStop.ClustersAbove(size) : null;
        }

        line.Refuse("`training runs above`, `runs of kind`, `acceleration of AI research by AI`, `clusters above` or a text in quotation marks");
        return null;
    }

    private static ImmutableArray<RunPurpose>? Kinds(PactLine line)
    {
        RunPurpose[] all = Enum.GetValues<RunPurpose>();
        List<RunPurpose> kinds = [];
        do
        {
            int found = Array.FindIndex(all, p => line.Takes(Words.Of(p)));
            if (found < 0)
            {
                line.Refuse(string.Join(", ", all[..^1].Select(p => $"`{Words.Of(p)}`")) + $" or `{Words.Of(all[^1])}`");
                return null;
            }

            kinds.Add(all[found]);
        }
        while (line.Takes(","));

        return [.. kinds.Order()];
    }

    private static ScopeAllowance? Allowance(PactLine line)
    {
        if (line.IsQuoted)
        {
            return new ScopeAllowance.Other(line.Quotation()!);
        }

        if (line.Takes("inference"))
        {
            return new ScopeAllowance.Inference();
        }

        if (line.Takes("safety"))
        {
            return line.Needs("work") ? new ScopeAllowance.SafetyWork() : null;
        }

        if (line.Takes("run"))
        {
            return line.Name("run") is { } run && line.Needs("of") && line.Name("party") is { } party
                ? new ScopeAllowance.NamedRun(new PartyId(party), new RunId(run))
                : null;
        }

        line.Refuse("`inference`, `safety work`, `run`, with its name and its party's, or a text in quotation marks");
        return null;
    }

    private static Duty? Owed(PactLine line)
    {
        DutyKind[] kinds = Enum.GetValues<DutyKind>();
        int found = Array.FindIndex(kinds, k => line.Takes(Words.Of(k)));
        if (found < 0)
        {
            line.Refuse("`heartbeat`, `balance` or `inspection`");
            return null;
        }

        return line.Needs("every") && line.Days() is { } every ? new Duty(kinds[found], every) : null;
    }

    private static TimeSpan? Withdraw(PactLine line) =>
        line.Needs("with") && line.Days() is { } notice && line.Needs("of", "notice") ? notice : null;

    private static LiftingStep? Lift(PactLine line) =>
        line.Needs("to") && line.Percent() is { } degree && line.Needs("after") && line.Days() is { } after ? new LiftingStep(degree, after) : null;

    private void Release(PactLine line)
    {
        if (!line.Needs("by"))
        {
            return;
        }

        if (line.Takes("trigger"))
        {
            if (byTrigger)
            {
                Refuse(line.Number, "release", "`release by trigger` stands twice", "leave this line out");
            }

            byTrigger = true;
            return;
        }

        int? percent = line.Takes("all") ? 100 : Share(line);
        if (percent is null || !line.Needs("members"))
        {
            return;
        }

        if (byMembers is not null)
        {
            Refuse(line.Number, "release", "there are two shares of members that release", "give one");
        }

        byMembers ??= percent;
    }

    private static int? Share(PactLine line)
    {
        int? percent = line.Percent("`trigger`, `all members` or a whole percentage");
        return percent is not null && line.Needs("of") ? percent : null;
    }

    private void Count(PactLine line)
    {
        if (line.Needs("pact") && line.Name("pact") is { } pact && !nested.Add(new PactId(pact)))
        {
            Refuse(line.Number, "count", $"`{pact}` stands twice", "leave this line out");
        }
    }

    private SealTerms? Seal(PactLine line)
    {
        SortedSet<PartyId> names = [];
        if (!line.Needs("with") || line.Whole("a whole number") is not { } threshold || !line.Needs("of"))
        {
            return null;
        }

        do
        {
            if (line.Name("party") is not { } name)
            {
                return null;
            }

            if (!names.Add(new PartyId(name)))
            {
                Refuse(line.Number, "seal", $"`{name}` stands twice", "name each trustee once");
            }
        }
        while (line.Takes(","));

        return new SealTerms([.. names], (int)threshold, CoarseCount: false);
    }

    private void Refuse(PactLine line, string field, string remedy)
    {
        (int column, string found, string expected) = line.Stray!.Value;
        faults.Add((line.Number, new Fault(
            string.Create(CultureInfo.InvariantCulture, $"line {line.Number}, column {column}{field}"),
            $"found {found} where {expected} was expected",
            remedy)));
    }

    private void Refuse(int line, string field, string message, string remedy) => faults.Add((line, new Fault(
        line == int.MaxValue ? field : string.Create(CultureInfo.InvariantCulture, $"line {line}, {field}"), message, remedy)));

    /// <summary>What a line may begin with, an example, and how the rest is read.</summary>
    private sealed record Field(string Word, Stands Stands, string Form, Action<PactTermsReader, PactLine> Read);
}
