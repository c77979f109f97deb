namespace Standstill.Measurement.Accounting;

/// <summary>The sums of Page's tests, each from 0 up to its limit; 0 again after an alarm.</summary>
/// <param name="Loss">For a loss.</param>
/// <param name="Gain">For a gain.</param>
/// <param name="SlowLoss">For a slow loss.</param>
/// <param name="SlowGain">For a slow gain.</param>
/// <param name="EnergyHigh">For energy above what activity explains.</param>
/// <param name="EnergyLow">For energy below it.</param>
public readonly record struct PageSums(double Loss, double Gain, double SlowLoss, double SlowGain, double EnergyHigh, double EnergyLow);
