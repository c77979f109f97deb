namespace Standstill.Measurement.Adversary;

/// <summary>What a plan adds to the standardised residuals, the same in every draw.</summary>
internal sealed class PlanSignal
{
    private PlanSignal(DiversionPlan plan, Residuals?[] chips, Residuals?[] energy, Residuals?[] features, Residuals? global, double[] seen)
    {
        Plan = plan;
        Chips = chips;
        Energy = energy;
        Features = features;
        Global = global;
        MeteredShare = seen;
    }

    public DiversionPlan Plan { get; }

    /// <summary>By touched area; absent where the plan leaves nothing there.</summary>
    public Residuals?[] Chips { get; }

    public Residuals?[] Energy { get; }

    public Residuals?[] Features { get; }

    public Residuals? Global { get; }

    /// <summary>By touched area: the share of its metered accelerators that works hidden. What fits on those without a meter goes there first.</summary>
    public double[] MeteredShare { get; }

    public static PlanSignal Of(StudyShape shape, DiversionPlan plan)
    {
        var (chips, energy, features) = (new Residuals?[plan.Areas], new Residuals?[plan.Areas], new Residuals?[plan.Areas]);
        var share = new double[plan.Areas];
        var known = new Dictionary<(TestedSequence, double), Residuals>();
        var (lost, present) = (0.0, 0.0);
        for (var i = 0; i < shape.Areas.Length; i++)
        {
            var area = shape.Areas[i];
            present += area.Chips is null ? 0 : StudyShape.Metered(area);
            if (i >= plan.Areas)
            {
                continue;
            }

            var metered = area.Area.MeteredShare;
            var hidden = plan.Traces.OnMeteredChips ? plan.HiddenShare * metered : Math.Max(0, plan.HiddenShare - (1 - metered));
            share[i] = hidden <= 0 ? 0 : Math.Min(1, hidden / metered);
            chips[i] = Signal(shape, area.Chips, share[i] * plan.Traces.Unaccounted, plan.Days, known);
            energy[i] = Signal(shape, area.Energy, share[i] * plan.Traces.UnexplainedEnergy * area.EnergyPerShare, plan.Days, known);
            features[i] = Signal(shape, area.Features, Math.Min(1, share[i] / Math.Max(area.Area.Use.Inference, 1e-9)) * plan.Traces.Shape, plan.Days, known);
            lost += area.Chips is null ? 0 : share[i] * plan.Traces.Unaccounted * StudyShape.Metered(area);
        }

        var global = present > 0 ? Signal(shape, shape.Global, lost / present, plan.Days, known) : null;
        return new PlanSignal(plan, chips, energy, features, global, share);
    }

    /// <summary>What a relative residual of this height on the hidden days adds.</summary>
    private static Residuals? Signal(
        StudyShape shape, TestedSequence? tested, double height, HiddenDays days, Dictionary<(TestedSequence, double), Residuals> known)
    {
        if (tested is null || height == 0)
        {
            return null;
        }

        if (known.TryGetValue((tested, height), out var same))
        {
            return same;
        }

        var relative = new double[shape.Periods];
        for (var t = shape.Start; t < relative.Length; t++)
        {
            relative[t] = days.Runs((t - shape.Start) / shape.PeriodsPerDay) ? height : 0;
        }

        var signal = Residuals.Of(shape, tested, relative);
        known.Add((tested, height), signal);
        return signal;
    }
}
