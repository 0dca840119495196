package import ServiceKit

package typealias PatientIdentifier = ServiceKit.PatientIdentifier
package typealias PatientDemographics = ServiceKit.PatientDemographics
package typealias ClinicalTime = ServiceKit.ClinicalTime
