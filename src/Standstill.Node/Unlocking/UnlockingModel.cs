using System.Collections.Immutable;
using System.Globalization;
using Google.OrTools.Sat;
using Standstill.Protocol;
using Standstill.Protocol.Pacts.Coalitions;
using Standstill.Protocol.Pacts.Conditions;

namespace Standstill.Node.Unlocking;

/// <summary>A coalition and further signatures as constraints over truths, for CP-SAT.</summary>
/// <remarks>
/// <para>A truth for each signer (signs) and each step of each candidate (is reached). A step that is reached has its condition
/// or the next higher step; the target's lowest step is reached. So the steps reached are a set in which every condition holds
/// given the others, and the largest coalition contains it: no constraint has to force a party in, and every condition is
/// implied in one direction only.</para>
/// <para>INVARIANT (relaxed): every set of signers that does fulfils the constraints. Weights of compute are rounded up and
/// thresholds down, by more than sums in floating point lose: see <see cref="Slack"/>.</para>
/// </remarks>
internal sealed class UnlockingModel
{
    // All compute is so many units: a sum of any number of parties is far below 2⁶³, and smaller numbers propagate better.
    private const double Units = 1 << 30;

    // Adding up n terms loses n·2⁻⁵³ of the sum at most: 2⁻³⁰ allows for eight million parties.
    private const double Slack = 1.0 / (1 << 30);

    private readonly CpModel model = new();
    private readonly Coalition coalition;
    private readonly Dictionary<PartyId, BoolVar> signs = [];
    private readonly Dictionary<PartyId, ImmutableArray<(int Degree, BoolVar Reached)>> steps = [];
    private readonly Dictionary<Standard, ImmutableArray<(PartyId Party, ILiteral Counts)>> counting = [];
    private readonly Dictionary<Standard, ImmutableArray<ILiteral>> lands = [];
    private readonly ImmutableArray<PartyId> everybody;
    private readonly ImmutableHashSet<PartyId> nested;
    private readonly ILiteral yes;
    private readonly ILiteral no;

    public UnlockingModel(Coalition coalition, ImmutableArray<PartyId> signers, ImmutableArray<PartyId> targets)
    {
        this.coalition = coalition;
        nested = [.. coalition.Facts.Nested.Values.SelectMany(m => m)];
        everybody = [.. signers.Concat(coalition.Candidates.Select(c => c.Party)).Concat(nested).Distinct().Order()];
        yes = model.TrueLiteral();
        no = model.FalseLiteral();
        foreach (var signer in signers)
        {
            signs.Add(signer, model.NewBoolVar(signer.Value));
        }

        foreach (var candidate in coalition.Candidates)
        {
            steps.Add(candidate.Party, [.. candidate.Steps.Select(s => (s.Degree, model.NewBoolVar($"{candidate.Party} {s.Degree}")))]);
        }

        foreach (var candidate in coalition.Candidates)
        {
            Write(candidate);
        }

        model.AddBoolOr(targets.Select(t => (ILiteral)steps[t][0].Reached));
        model.Minimize(LinearExpr.Sum(signs.Values));
    }

    /// <summary>What a search came to.</summary>
    /// <param name="Signers">A smallest set that fulfils the constraints or, unless it is done, the smallest found; null where there is none.</param>
    /// <param name="AtLeast">No set of fewer does.</param>
    /// <param name="IsDone">Whether all that was asked is known.</param>
    public sealed record Answer(ImmutableArray<PartyId>? Signers, int AtLeast, bool IsDone);

    /// <summary>The fewest signers, no more than so many, and takes the time it took off what is left.</summary>
    public Answer Fewest(int most, ref TimeSpan left)
    {
        model.Add(LinearExpr.Sum(signs.Values) <= most);
        // One thread gives one answer. The full linear relaxation decides the counts that many conditions share: on 60 parties
        // the longest proof fell from over 10 s to under one.
        var solver = new CpSolver
        {
            StringParameters = string.Create(CultureInfo.InvariantCulture, $"max_time_in_seconds:{left.TotalSeconds:0.###},num_workers:1,random_seed:1,linearization_level:2"),
        };
        var status = solver.Solve(model);
        left -= TimeSpan.FromSeconds(solver.WallTime());
        return status switch
        {
            CpSolverStatus.Optimal => new Answer(Found(), Bound(), IsDone: true),
            CpSolverStatus.Infeasible => new Answer(null, most + 1, IsDone: true),
            CpSolverStatus.Feasible => new Answer(Found(), Bound(), IsDone: false),
            CpSolverStatus.Unknown => new Answer(null, Bound(), IsDone: false),
            _ => throw new InvalidOperationException($"the model was refused: {model.Validate()}"),
        };

        ImmutableArray<PartyId> Found() => [.. signs.Where(s => solver.BooleanValue(s.Value)).Select(s => s.Key).Order()];

        int Bound() => (int)Math.Clamp(Math.Ceiling(solver.BestObjectiveBound - 1e-6), 0, most + 1);
    }

    /// <summary>States that a set does not do, and so none of its subsets: somebody else signs.</summary>
    public void RuleOut(ImmutableArray<PartyId> signers) =>
        model.AddBoolOr(signs.Where(s => !signers.Contains(s.Key)).Select(s => (ILiteral)s.Value));

    private void Write(Commitment commitment)
    {
        var reached = steps[commitment.Party];
        for (var i = 0; i < reached.Length; i++)
        {
            // Who is in stays in, whoever signs.
            if (reached[i].Degree <= coalition.DegreeOf(commitment.Party))
            {
                model.AddBoolOr([reached[i].Reached]);
                continue;
            }

            var step = commitment.Steps[i];
            var isStaying = coalition.IsStaying(commitment.Party, step.Degree);
            if (i == reached.Length - 1)
            {
                Imply(reached[i].Reached, step.Condition, isStaying);
                continue;
            }

            model.AddImplication(reached[i + 1].Reached, reached[i].Reached);
            var holds = model.NewBoolVar($"{commitment.Party} {step.Degree} holds");
            model.AddBoolOr([reached[i].Reached.Not(), holds, reached[i + 1].Reached]);
            Imply(holds, step.Condition, isStaying);
        }
    }

    private void Imply(BoolVar asks, Condition condition, bool isStaying)
    {
        switch (condition)
        {
            case Condition.Always:
                break;
            case Condition.Everyone c:
                var all = Listed(c.Of, c.Standard);
                AtLeast(asks, all, all.Length);
                break;
            case Condition.AtLeast c:
                AtLeast(asks, Listed(c.Of, c.Standard), isStaying ? c.Stay : c.Count);
                break;
            case Condition.Number c:
                AtLeast(asks, [.. Counting(c.Standard).Select(p => p.Counts)], isStaying ? c.Stay : c.Count);
                break;
            case Condition.Jurisdictions c:
                AtLeast(asks, Lands(c.Standard), isStaying ? c.Stay : c.Count);
                break;
            case Condition.Compute c:
                Compute(asks, c, isStaying);
                break;
            case Condition.And and:
                foreach (var term in and.Terms)
                {
                    Imply(asks, term, isStaying);
                }

                break;
            case Condition.Or or:
                BoolVar[] ways = [.. or.Terms.Select((_, i) => model.NewBoolVar($"way {i}"))];
                model.AddBoolOr([asks.Not(), .. ways]);
                foreach (var (way, term) in ways.Zip(or.Terms))
                {
                    Imply(way, term, isStaying);
                }

                break;
            default:
                throw new InvalidOperationException("a condition without a meaning");
        }
    }

    private void AtLeast(BoolVar asks, ImmutableArray<ILiteral> truths, int count)
    {
        if (count == truths.Length)
        {
            foreach (var truth in truths)
            {
                model.AddImplication(asks, truth);
            }
        }
        else if (count > truths.Length)
        {
            model.AddBoolOr([asks.Not()]);
        }
        else
        {
            model.Add(LinearExpr.Sum(truths) >= count).OnlyEnforceIf(asks);
        }
    }

    private void Compute(BoolVar asks, Condition.Compute clause, bool isStaying)
    {
        var total = coalition.Facts.Shares.Total;
        var accounted = total + coalition.Facts.OutsideFlopPerSecond;
        var whole = clause.Basis == ComputeBasis.Accounted ? accounted
            : coalition.Facts.WorldAt(clause.Confidence) is { } world ? Math.Max(world, accounted) : 0;
        var threshold = (double)((isStaying ? clause.Stay : clause.Percent) / 100) * (whole / total) * Units * (1 - Slack);
        if (total == 0 || whole == 0 || threshold > 2 * Units)
        {
            model.AddBoolOr([asks.Not()]);
            return;
        }

        var counted = Counting(clause.Standard)
            .Select(p => (p.Counts, Weight: coalition.Facts.Shares.FlopPerSecond.GetValueOrDefault(p.Party) / total * Units * (1 + Slack)))
            .Where(p => p.Weight > 0)
            .ToList();
        model.Add(LinearExpr.WeightedSum(counted.Select(p => p.Counts), counted.Select(p => (long)Math.Ceiling(p.Weight))) >= (long)Math.Floor(threshold))
            .OnlyEnforceIf(asks);
    }

    private ImmutableArray<(PartyId Party, ILiteral Counts)> Counting(Standard standard)
    {
        if (!counting.TryGetValue(standard, out var counts))
        {
            counts = [.. everybody.Select(p => (p, Counts(p, standard))).Where(p => p.Item2 != no)];
            counting.Add(standard, counts);
        }

        return counts;
    }

    private ImmutableArray<ILiteral> Lands(Standard standard)
    {
        if (!lands.TryGetValue(standard, out var truths))
        {
            var there = Counting(standard)
                .Where(p => coalition.Facts.Jurisdictions.ContainsKey(p.Party))
                .GroupBy(p => coalition.Facts.Jurisdictions[p.Party], StringComparer.Ordinal);
            truths = [.. there.Select(land => (ILiteral)Implying(way => [way.Not(), .. land.Select(p => p.Counts)], land.Key))];
            lands.Add(standard, truths);
        }

        return truths;
    }

    // Names that the same parties stand for are one.
    private ImmutableArray<ILiteral> Listed(Listed of, Standard standard) =>
    [
        .. of.Parties
            .Select(coalition.Facts.PresentOf)
            .DistinctBy(g => string.Join(' ', g), StringComparer.Ordinal)
            .Select(g => All([.. g.Select(p => Counts(p, standard))])),
        .. of.Pacts.Select(p => coalition.Gathering.Meets(p, standard) ? yes : no),
    ];

    private ILiteral All(ImmutableArray<ILiteral> truths)
    {
        if (truths.Length == 1)
        {
            return truths[0];
        }

        var both = model.NewBoolVar("all");
        foreach (var truth in truths)
        {
            model.AddImplication(both, truth);
        }

        return both;
    }

    private BoolVar Implying(Func<BoolVar, IEnumerable<ILiteral>> clause, string name)
    {
        var truth = model.NewBoolVar(name);
        model.AddBoolOr(clause(truth));
        return truth;
    }

    // Whether a party reaches a standard: by a step, by a signature, or by what it is bound to elsewhere.
    private ILiteral Counts(PartyId party, Standard standard)
    {
        var facts = coalition.Facts;
        if (facts.OnProbation.Contains(party) || facts.Assurance.GetValueOrDefault(party) < standard.Assurance)
        {
            return no;
        }

        if (nested.Contains(party))
        {
            return yes;
        }

        if (signs.TryGetValue(party, out var signature))
        {
            return signature;
        }

        return steps.TryGetValue(party, out var own) && own.FirstOrDefault(s => s.Degree >= standard.SlowedBy) is { Reached: { } reached }
            ? reached
            : no;
    }
}
