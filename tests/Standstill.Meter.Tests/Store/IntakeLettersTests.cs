using Standstill.Meter.DeadLetters;
using Standstill.Meter.Store;

namespace Standstill.Meter.Tests.Store;

public sealed class IntakeLettersTests
{
    [Fact]
    public async Task What_is_refused_is_sampled_with_its_series_time_and_value()
    {
        using var rig = new Rig();
        await using var store = rig.Open();
        var power = Rig.Power(store, "a", 0);
        await Rig.SendAsync(store, (power, Rig.Noon + 30_000, 300));
        await store.CloseAsync("hall-a", Rig.Noon - 3_600_000);
        var (batch, letters) = (new SampleBatch(), new IntakeLetters());
        batch.Add(power, Rig.Noon + 15_000, 301);
        batch.Add(power, Rig.Noon + 86_400_000, 302);
        batch.Add(Rig.Power(store, "a", 1), Rig.Noon - 1, 303);
        await store.AppendAsync(batch, letters);

        Assert.Equal(
            [
                $"intake/after-closing: 303 at {Rig.Noon - 1} ms GPU-a1",
                $"intake/out-of-order: 301 at {Rig.Noon + 15_000} ms GPU-a0",
                $"intake/out-of-time: 302 at {Rig.Noon + 86_400_000} ms GPU-a0",
            ],
            letters.Refused.Samples.Select(s => $"{s.Kind.Name}: {s.Sample}").Order(StringComparer.Ordinal));
        Assert.All(letters.Refused.Samples, s => Assert.Equal("DCGM_FI_DEV_POWER_USAGE", s.Place));
    }

    [Fact]
    public async Task Of_many_refused_all_are_counted_and_few_are_kept()
    {
        using var rig = new Rig();
        await using var store = rig.Open();
        var power = Rig.Power(store, "a", 0);
        await Rig.SendAsync(store, (power, Rig.Noon, 300));
        var (batch, letters) = (new SampleBatch(), new IntakeLetters());
        for (var i = 0; i < 5000; i++)
        {
            batch.Add(power, Rig.Noon - 1 - i, 300);
            batch.Add(power, 5, i);
            batch.Add(power, long.MaxValue, i);
        }

        await store.AppendAsync(batch, letters);
        Assert.Equal(15_000, letters.Refused.Total);
        Assert.All(letters.Refused.Counts, c => Assert.Equal(DeadLetterTally.KeptOfAKind, letters.Refused.Samples.Count(s => s.Kind == c.Key)));
    }

    [Fact]
    public async Task A_reading_whose_labels_name_no_series_is_sampled()
    {
        using var rig = new Rig();
        await using var store = rig.Open();
        var letters = new IntakeLetters();
        var counts = await store.AppendAsync([new Reading("up", [new Label("a", new string('x', 5000))], 1, null), new Reading("up", [], 1, null)], Rig.Noon, letters);

        Assert.Equal((1, "intake/labels", "up"), (counts.Accepted, Assert.Single(letters.Refused.Samples).Kind.Name, letters.Refused.Samples[0].Sample));
    }

    [Fact]
    public void A_file_has_the_digest_of_its_bytes()
    {
        using var rig = new Rig();
        var bytes = Enumerable.Range(0, 300_001).Select(i => unchecked((byte)(i * 7))).ToArray();
        var path = Path.Combine(rig.Data, "opening.zip");
        File.WriteAllBytes(path, bytes);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), FileDigest.Of(path).Hex);
    }
}
