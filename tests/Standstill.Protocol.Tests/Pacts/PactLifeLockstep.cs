using System.Collections.Immutable;
using Standstill.Model;
using Standstill.Protocol.Pacts;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Conditions;
using Standstill.Protocol.Pacts.Terms;
using State = Standstill.Model.Life;

namespace Standstill.Protocol.Tests.Pacts;

/// <summary>A pact beside a state of the model: the same things happen to both.</summary>
/// <param name="World">The world of the model.</param>
/// <param name="Model">The model's state.</param>
/// <param name="Pact">The pact.</param>
/// <param name="At">The latest moment.</param>
internal sealed record PactLifeLockstep(LifeWorld World, State Model, Pact Pact, Moment At)
{
    private static readonly DutyKind Duty = DutyKind.Heartbeat;

    /// <summary>A pact that nobody has committed to.</summary>
    public static PactLifeLockstep Opened(LifeWorld world)
    {
        var at = new Moment(Given.Start, new EntryIndex(1));
        State model = PactLifeModel.Opened(world);
        return new PactLifeLockstep(world, model, Pact.Open(new PactId("model"), TermsOf(world.Terms), Party(0), at), at).Observing(model, at);
    }

    /// <summary>Lets something happen to both.</summary>
    /// <returns>The two afterwards; null where both refuse, or where the model leaves out what would happen.</returns>
    /// <exception cref="InvalidOperationException">One refuses and the other does not.</exception>
    public PactLifeLockstep? After(LifeEvent happens)
    {
        State? model = PactLifeModel.After(World, Model, happens);
        var at = new Moment(At.Time.AddDays(happens.Kind == LifeEventKind.Day ? 1 : 0), new EntryIndex(At.Entry.Value + 1));
        if (model is null && !IsRefusedByBoth(happens))
        {
            return null;
        }

        Pact? pact = Happening(happens, model ?? Model, at);
        return (model, pact) switch
        {
            (null, null) => null,
            ({ }, { }) => new PactLifeLockstep(World, model, pact, at),
            _ => throw new InvalidOperationException($"{LifeStory.Of(happens)}: the {(model is null ? "model" : "pact")} refuses, and the other does not"),
        };
    }

    /// <summary>What differs, in words; null where nothing does.</summary>
    public string? Difference()
    {
        string expected = LifeStory.Of(Model);
        string actual = Describe();
        return expected == actual ? null : $"the model: {expected}\nthe pact:  {actual}";
    }

    /// <summary>The condition that a wish of the model stands for.</summary>
    public static Condition ConditionOf(LifeWish wish) => wish switch
    {
        LifeWish.Nothing => new Condition.Always(),
        LifeWish.All all => new Condition.Everyone(List(all.Of), StandardOf(all.Assured)),
        LifeWish.Some some => new Condition.AtLeast(some.Least, some.Staying, List(some.Of), StandardOf(some.Assured)),
        LifeWish.Hundredths share => new Condition.Compute(share.Least, share.Staying, ComputeBasis.Accounted, 50, StandardOf(false)),
        LifeWish.Both both => Condition.AllOf(ConditionOf(both.Left), ConditionOf(both.Right)),
        LifeWish.Either either => Condition.AnyOf(ConditionOf(either.Left), ConditionOf(either.Right)),
        _ => throw new InvalidOperationException("a wish without a condition"),
    };

    private static PartyId Party(int party) => new($"sample-{LifeStory.Name(party)}");

    private static Listed List(IReadOnlyList<int> parties) => new([.. parties.Select(Party)], []);

    private static Standard StandardOf(bool assured) => new(100, assured ? 60 : 0);

    private static PactTerms TermsOf(LifeTerms terms)
    {
        PactTerms agreed = PactTerms.Check(
            "Model", new PactScope("anything", null, []), new TriggerId("some"), Days(terms.Notice), Days(terms.Cure), Days(terms.Withdrawal),
            terms.Longest == 0 ? null : Days(terms.Longest)).OrThrow();
        return terms.Prepare == 0 ? agreed : agreed with
        {
            Life = new PactLife
            {
                Preparation = Days(terms.Prepare),
                Rulings = Days(terms.Rulings),
                Silence = terms.Quiet == 0 ? null : Days(terms.Quiet - 0.5),
                Owed = terms.Quiet == 0 ? [] : [new Duty(Duty, Days(0.5))],
                Blackout = Days(terms.Blackout),
                Probation = Days(terms.Probation),
                // The last step, to nothing, comes as long after the one step as that after the release.
                Lifting = terms.Lifting == 0 ? [] : [new LiftingStep(50, Days(terms.Lifting / 2.0))],
                Release = new ReleaseRule(ByTrigger: true, terms.ReleasePercent),
                Seal = new SealTerms([new PartyId("sample-oak")], 1, CoarseCount: false),
            },
        };
    }

    private static TimeSpan Days(double days) => TimeSpan.FromDays(days);

    // Nothing to the pact is a refusal to the model where an operation of the pact takes in what the world shows.
    private bool IsRefusedByBoth(LifeEvent happens) => happens.Kind switch
    {
        LifeEventKind.Allege or LifeEventKind.Uphold or LifeEventKind.Dismiss or LifeEventKind.FindCured => false,
        LifeEventKind.HandOver or LifeEventKind.Discharge or LifeEventKind.Succeed => false,
        LifeEventKind.Commit => Model[happens.Party].Successors == 0,
        LifeEventKind.OpenSealed => PactLifeModel.Members(happens.Value).All(p => Model[p].Successors == 0),
        LifeEventKind.Pause or LifeEventKind.Release or LifeEventKind.MoveCompute or LifeEventKind.Assurance => false,
        _ => true,
    };

    private Pact? Happening(LifeEvent happens, State after, Moment at)
    {
        PartyId party = Party(happens.Party);
        return happens.Kind switch
        {
            LifeEventKind.Day => Pact.Advance(at.Time, at.Entry),
            LifeEventKind.Commit => Done(Pact.Commit(party, ConditionOf(World.Wishes[happens.Value]), at)),
            LifeEventKind.Withdraw => Done(Pact.Withdraw(party, at)),
            LifeEventKind.Ready => Done(Pact.Ready(party, Pact.CoalitionHash ?? default, at)),
            LifeEventKind.Pause or LifeEventKind.Release or LifeEventKind.MoveCompute or LifeEventKind.Assurance => Observed(Pact, after, at),
            LifeEventKind.Allege => Done(Pact.Allege(new AllegationId($"al-{happens.Party}-{at.Entry.Value}"), party, party, "what was done", at)),
            LifeEventKind.Uphold => Done(Pact.Rule(PendingOf(party), Ruling.Upheld, at)),
            LifeEventKind.Dismiss => Done(Pact.Rule(PendingOf(party), Ruling.Dismissed, at)),
            LifeEventKind.FindCured => Done(Pact.Rule(PendingOf(party), Ruling.Cured, at)),
            LifeEventKind.Discharge => Pact.Discharge(party, Duty, at),
            LifeEventKind.AgreeToRelease => Done(Pact.ReleaseBy(party, at)),
            LifeEventKind.Extend => Done(Pact.Extend(party, happens.Value, at)),
            LifeEventKind.Succeed => Observed(Pact.Succeed(party, [.. PactLifeModel.Members(happens.Value).Select(Party)], at), after, at),
            LifeEventKind.HandOver => Observed(Pact.HandOver(party, "what was handed over", at), after, at),
            LifeEventKind.OpenSealed => Done(Pact.Unseal(
                [.. PactLifeModel.Members(happens.Value).Select(p => new Commitment(Party(p), ConditionOf(World.Wishes[World.WishesOf[p][0]]), default))], at)),
            _ => throw new InvalidOperationException("an event without an operation"),
        };
    }

    private AllegationId PendingOf(PartyId party) => Pact.Allegations.Values.Single(a => a.IsPending && a.Answering.Contains(party)).Id;

    private static Pact? Done(PactOutcome outcome) => (outcome as PactOutcome.Done)?.Pact;

    private PactLifeLockstep Observing(State model, Moment at) => this with { Pact = Observed(Pact, model, at) };

    private Pact Observed(Pact pact, State model, Moment at) =>
        pact.Observe(model.Pause ? Verdict.Met : Verdict.NotMet, model.Release ? Verdict.Met : Verdict.NotMet, FactsOf(model), at);

    private PartyFacts FactsOf(State model)
    {
        IReadOnlyList<int> compute = World.Compute[model.Compute];
        int[] all = [.. Enumerable.Range(0, World.Parties)];
        return new PartyFacts
        {
            Shares = new ComputeShares(all.Where(p => !model[p].Handed).ToImmutableSortedDictionary(Party, p => (double)compute[p])),
            OutsideFlopPerSecond = all.Where(p => model[p].Handed).Sum(p => compute[p]),
            Assurance = all.Where(p => model[p].Assured).ToImmutableSortedDictionary(Party, _ => 70),
            Successors = all.Where(p => model[p].Successors != 0)
                .ToImmutableSortedDictionary(Party, p => PactLifeModel.Standing(model, p) is var set ? (ImmutableSortedSet<PartyId>)[.. PactLifeModel.Members(set).Select(Party)] : []),
        };
    }

    private string Describe()
    {
        IEnumerable<string> parties = Enumerable.Range(0, World.Parties)
            .Where(p => Pact.Members.ContainsKey(Party(p)))
            .Select(p => $"{LifeStory.Name(p)} {Describe(Pact.Members[Party(p)])}");
        string ends = Pact.Stage switch
        {
            PactStage.Preparing preparing => $" {DaysTo(preparing.Until)}d",
            PactStage.InNotice notice => $" {DaysTo(notice.Until)}d",
            PactStage.InForce { Until: { } until } => $" {DaysTo(until)}d",
            _ => "",
        };
        return $"{Pact.Stage.GetType().Name}{ends}: {string.Join(", ", parties)}";
    }

    private string Describe(Member member)
    {
        string text = member.IsBound ? "Bound" : member.Standing.GetType().Name;
        bool over = Pact.Stage is PactStage.Released;
        text += Remaining("leaves in", member.LeavesAt);
        text += over ? "" : Remaining("probation", member.ProbationUntil);
        text += Remaining("accused", Pact.Allegations.Values
            .Where(a => a.State is AllegationState.Open && a.Answering.Contains(member.Commitment.Party))
            .Select(a => (DateTimeOffset?)a.At.Time.AddDays(Pact.Terms.Life is null ? 9 : World.Terms.Rulings))
            .SingleOrDefault());
        text += Remaining("cure", (member.Standing as Standing.InCure)?.Until);
        text += over ? "" : Remaining("suspected", member.SuspectedUntil);
        return text;
    }

    private string Remaining(string what, DateTimeOffset? until) => until switch
    {
        null => "",
        _ when what == "accused" && Pact.Terms.Life is null => " (accused 3d)",
        { } time => $" ({what} {DaysTo(time)}d)",
    };

    private int DaysTo(DateTimeOffset until) => (int)(until - At.Time).TotalDays;
}
