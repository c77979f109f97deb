using Standstill.Meter.Formats;

namespace Standstill.Meter.Tests.Formats;

public class SlurmAccountingTests
{
    private const string Header = "JobIDRaw|State|Start|End|ElapsedRaw|AllocTRES|NNodes|Partition|Account|User\n";

    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_sample_of_sacct_is_read_and_its_hours_add_up()
    {
        var read = SlurmAccounting.Read(File.ReadAllText(Documents.PathOf("slurm/sacct-parsable2.txt")));
        var use = SlurmUse.Of(read.Jobs, Noon, Noon.AddHours(12), asOf: Noon.AddHours(6));

        Assert.Equal(0, read.Rejected.Total);
        Assert.Equal((9, 6L), (read.Jobs.Length, read.Steps));
        // eval: 8 for 2 h. train: 1001, 16 from 11:00 to 15:00, of which 3 h count; 1002, requeued, 64 for 1 h and 64 for 2.5 h;
        // 1003, running since 17:00 on 8, 1 h so far. Cancelled after 30 min on 4: 2. The others have no accelerator or never started.
        Assert.Equal(
            [new("alpha", "eval", 16, 1), new("alpha", "train", (16 * 3) + 64 + (64 * 2.5) + 8, 4), new SlurmUse("beta", "train", 2, 1)],
            use);
    }

    [Theory]
    [InlineData("2026-03-01T10:00:00", "2026-03-01T14:00:00", 2)]
    [InlineData("2026-03-01T12:30:00", "2026-03-01T12:45:00", 0.25)]
    [InlineData("2026-03-01T12:30:00", "2026-03-02T12:00:00", 1.5)]
    [InlineData("2026-03-01T10:00:00", "2026-03-01T12:00:00", 0)]
    [InlineData("2026-03-01T14:00:00", "2026-03-01T15:00:00", 0)]
    public void Hours_are_clipped_at_the_edges_of_the_period(string start, string end, double hours) =>
        Assert.Equal(8 * hours, Job($"7|COMPLETED|{start}|{end}|0|gres/gpu=8|1|p|a|u").GpuHours(Noon, Noon.AddHours(2), Noon.AddDays(9)));

    [Fact]
    public void A_running_job_counts_up_to_when_the_accounting_was_asked()
    {
        var job = Job("7|RUNNING|2026-03-01T11:00:00|Unknown|3600|gres/gpu=2|1|p|a|u");

        Assert.Equal(1, job.GpuHours(Noon, Noon.AddHours(4), asOf: Noon.AddMinutes(30)));
        Assert.Equal(8, job.GpuHours(Noon, Noon.AddHours(4), asOf: Noon.AddDays(1)));
    }

    [Fact]
    public void A_job_that_waits_has_no_hours() =>
        Assert.Equal(0, Job("7|PENDING|Unknown|Unknown|0||0|p|a|u").GpuHours(Noon, Noon.AddHours(1), Noon.AddDays(1)));

    [Fact]
    public void A_job_without_an_end_ends_after_the_time_that_Slurm_counted() =>
        Assert.Equal(Noon.AddHours(2), Job("7|NODE_FAIL|2026-03-01T12:00:00|Unknown|7200|gres/gpu=2|1|p|a|u").End);

    [Fact]
    public void A_run_ends_at_the_latest_when_the_next_of_its_number_starts()
    {
        var jobs = SlurmAccounting.Read(Header
            + "7|REQUEUED|2026-03-01T12:00:00|2026-03-01T15:00:00|0|gres/gpu=2|1|p|a|u\n"
            + "7|RUNNING|2026-03-01T14:00:00|Unknown|0|gres/gpu=2|1|p|a|u\n").Jobs;

        Assert.Equal([Noon.AddHours(2), null], jobs.Select(j => j.End));
    }

    [Theory]
    [InlineData("billing=16,cpu=16,gres/gpu:h100=8,gres/gpu=8,mem=64G,node=1", 8, "h100=8")]
    [InlineData("cpu=16,gres/gpu:h100=4,gres/gpu:a100=2", 6, "a100=2 h100=4")]
    [InlineData("gres/gpu=16", 16, "")]
    [InlineData("gres/gpu=1K", 1024, "")]
    [InlineData("gres/gpu=1.50K", 1536, "")]
    [InlineData("cpu=4,mem=16G", 0, "")]
    [InlineData("gres/gpumem=80G,gres/gpuutil=100,gres/shard=4", 0, "")]
    [InlineData("", 0, "")]
    public void Accelerators_are_counted_as_Slurm_writes_them(string tres, long gpus, string types)
    {
        var job = Job($"7|COMPLETED|2026-03-01T12:00:00|2026-03-01T13:00:00|0|{tres}|1|p|a|u");

        Assert.Equal((gpus, types), (job.Gpus, string.Join(' ', job.GpuTypes.Select(t => $"{t.Type}={t.Count}"))));
    }

    [Theory]
    [InlineData("1772366400")]
    [InlineData("2026-03-01T12:00:00")]
    [InlineData("2026-03-01T12:00:00Z")]
    [InlineData("2026-03-01T13:00:00+01:00")]
    public void Times_are_UTC_or_say_what_they_are(string start) =>
        Assert.Equal(Noon, Job($"7|RUNNING|{start}|Unknown|0|gres/gpu=1|1|p|a|u").Start);

    [Theory]
    [InlineData("7|COMPLETED|2026-03-01T12:00:00|2026-03-01T11:00:00|0|gres/gpu=1|1|p|a|u", "slurm/backwards")]
    [InlineData("7|FAILED|2026-03-01T12:00:00|Unknown||gres/gpu=1|1|p|a|u", "slurm/no-end")]
    [InlineData("7|COMPLETED|yesterday|2026-03-01T11:00:00|0|gres/gpu=1|1|p|a|u", "slurm/time")]
    [InlineData("7|COMPLETED|99999999999999|2026-03-01T11:00:00|0|gres/gpu=1|1|p|a|u", "slurm/time")]
    [InlineData("7|RUNNING|2026-03-01T12:00:00|Unknown|0|gres/gpu=eight|1|p|a|u", "slurm/tres")]
    [InlineData("7|RUNNING|2026-03-01T12:00:00|Unknown|0|gres/gpu=1e3|1|p|a|u", "slurm/tres")]
    [InlineData("7|RUNNING|2026-03-01T12:00:00|Unknown|0|gres/gpu=1.5|1|p|a|u", "slurm/tres")]
    [InlineData("7|RUNNING|2026-03-01T12:00:00|Unknown|0|gres/gpu|1|p|a|u", "slurm/tres")]
    [InlineData("7|RUNNING|2026-03-01T12:00:00|Unknown|0|gres/gpu=1|1|p|a", "slurm/columns")]
    [InlineData("|RUNNING|2026-03-01T12:00:00|Unknown|0|gres/gpu=1|1|p|a|u", "slurm/job-id")]
    public void A_bad_line_is_counted_and_not_taken(string line, string kind)
    {
        var read = SlurmAccounting.Read(Header + line + "\n");

        Assert.Empty(read.Jobs);
        Assert.Equal(kind, Assert.Single(read.Rejected.Samples).Kind.Name);
    }

    [Fact]
    public void Without_the_columns_that_are_needed_nothing_is_read() =>
        Assert.Equal("slurm/no-columns", Assert.Single(SlurmAccounting.Read("JobIDRaw|State\n7|RUNNING\n").Rejected.Samples).Kind.Name);

    [Fact]
    public void The_older_option_parsable_and_any_order_of_columns_are_read() =>
        Assert.Equal(4, Assert.Single(SlurmAccounting.Read(
            "AllocTRES|End|Start|State|JobID|\r\ngres/gpu=4|Unknown|2026-03-01T12:00:00|RUNNING|7_1|").Jobs).Gpus);

    [Fact]
    public void A_line_that_comes_twice_counts_once()
    {
        const string line = "7|RUNNING|2026-03-01T12:00:00|Unknown|0|gres/gpu=1|1|p|a|u\n";
        var read = SlurmAccounting.Read(Header + line + line);

        Assert.Single(read.Jobs);
        Assert.Equal("slurm/twice", Assert.Single(read.Rejected.Samples).Kind.Name);
    }

    private static SlurmJob Job(string line) => Assert.Single(SlurmAccounting.Read(Header + line + "\n").Jobs);
}
